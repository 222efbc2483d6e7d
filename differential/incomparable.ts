import type { Command } from '@jcache/driver'
import { dump, type Whole } from './pair.ts'

/** Milliseconds that a call may wait for nothing. */
const SHORT = 100

/** Whether there is nothing to compare: Redis promises no answer, or none will come for long. */
export async function isIncomparable(near: Whole, row: Command, args: readonly unknown[]): Promise<boolean> {
  return (await findsByBytes(near, row, args)) || (await waits(near, row, args))
}

/** Where scores differ, what Redis finds by bytes hangs on how it keeps the set. */
async function findsByBytes(near: Whole, row: Command, args: readonly unknown[]): Promise<boolean> {
  if (!row.args.includes('lex')) return false
  const held = await dump(near, String(args[0]))
  return held?.type === 'zset' && new Set(held.value.map(([, score]) => score)).size > 1
}

/** Whether it waits for what nobody will bring. */
async function waits({ entries }: Whole, row: Command, args: readonly unknown[]): Promise<boolean> {
  const timeout = args[row.args.indexOf('timeout')]
  if (!(Number(timeout) > SHORT)) return false
  const held = await Promise.all([args[0]].flat().map((key) => entries.holds(String(key))))
  return !held.includes(true)
}
