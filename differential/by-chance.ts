import type { Entry } from '@jcache/driver'
import { ask, type Outcome } from './outcome.ts'
import { dump, type Special, type Whole } from './pair.ts'
import { asItIs, same, sorted } from './verdict.ts'

/** Both answer any of the names that the key holds, so many as they were asked for. */
export const picks: Special = async ({ near, far }, { name }, args) => {
  const held = await dump(near, String(args[0]))
  const outcomes = { near: await ask(near, name, args), far: await ask(far, name, args) }
  if ('error' in outcomes.near || 'error' in outcomes.far)
    return { ...outcomes, same: same(name, outcomes.near, outcomes.far) }
  return {
    ...outcomes,
    same: [outcomes.near, outcomes.far].every(({ answer }) => isPick(answer, held, args)),
  }
}

/** What one side takes by chance is no longer there; the other then loses the same by name. */
export const takes: Special = async (pair, call, args) => {
  const { near } = pair
  const key = String(args[0])
  const held = await dump(near, key)
  const played = await picks(pair, call, args)
  if (!played.same || 'error' in played.near || 'error' in played.far || !held) return played
  const rest = itemsOf(await dump(near, key), false)
  if (sorted([...rest, ...[played.near.answer].flat()]) !== sorted(itemsOf(held, false)))
    return { ...played, same: false }
  await near.entries.load(key, held)
  const taken = [played.far.answer].flat()
  if (taken.length === 0) return played
  await ask(near, 'srem', [key, ...taken])
  return { ...played, instead: [{ name: 'srem', args: [key, ...taken] }] }
}

/** Both answer any of their keys. */
export const anyKey: Special = async ({ near, far }, { name }, args) => {
  const outcomes = { near: await ask(near, name, args), far: await ask(far, name, args) }
  return { ...outcomes, same: (await isKey(near, outcomes.near)) && (await isKey(far, outcomes.far)) }
}

/** Whether the answer holds so many of the names as `[key, count, { withValues }]` asks for. */
function isPick(answer: unknown, held: Entry | null, [, count, options]: readonly unknown[]): boolean {
  const items = new Set(itemsOf(held, Object.values(Object(options)).includes(true)).map(asItIs))
  if (typeof count !== 'number') return held ? items.has(asItIs(answer)) : answer === null
  if (!Array.isArray(answer)) return false
  const picked = answer.map(asItIs)
  const wanted = count < 0 ? items.size && -count : Math.min(count, items.size)
  const different = count < 0 || new Set(picked).size === picked.length
  return picked.length === wanted && different && picked.every((item) => items.has(item))
}

/** The names in the entry, alone or each with what belongs to it. */
function itemsOf(held: Entry | null, withContent: boolean): unknown[] {
  if (held?.type === 'set') return [...held.value]
  if (held?.type !== 'hash' && held?.type !== 'zset') return []
  return held.value.map((pair) => (withContent ? pair : pair[0]))
}

async function isKey({ entries }: Whole, outcome: Outcome): Promise<boolean> {
  if ('error' in outcome) return false
  if (typeof outcome.answer === 'string') return entries.holds(outcome.answer)
  for await (const _ of entries.scan()) return false
  return outcome.answer === null
}
