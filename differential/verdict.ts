import { show } from './call.ts'
import type { Outcome } from './outcome.ts'

/** Milliseconds by which two times may differ: both sides do the same one after the other. */
const TOLERANCE = 10_000

/** Lists that Redis promises no order for. */
const unordered: readonly string[] = ['hkeys', 'hvals', 'smembers', 'sinter', 'sunion', 'sdiff']

/** Whether two outcomes of the command are the same, as far as Redis promises them. */
export function same(name: string, near: Outcome, far: Outcome): boolean {
  if ('error' in near || 'error' in far) return show(near) === show(far)
  if (name === 'ttl') return sameTime(near.answer, far.answer)
  const order = unordered.includes(name) ? sorted : asItIs
  return order(near.answer) === order(far.answer)
}

/** Whether two instants, or two times that are left, are the same within what the run takes. */
export function sameTime(near: unknown, far: unknown): boolean {
  if (typeof near !== 'number' || typeof far !== 'number') return near === far
  return near === far || Math.abs(near - far) <= TOLERANCE
}

/** The items of a list in an order of their own, told as one text. */
export function sorted(list: unknown): string {
  return Array.isArray(list) ? list.map(asItIs).sort().join() : asItIs(list)
}

/** -0 is 0: newer servers keep whole scores of small sorted sets as integers, which have no -0. */
export function asItIs(answer: unknown): string {
  return show(answer, '0')
}
