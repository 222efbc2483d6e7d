import { type Aggregate, CacheError, type CombineOptions, show } from '@jcache/driver'
import { held } from './held.ts'
import type { Keyspace } from './keyspace.ts'
import { Members } from './members.ts'
import { Ranked } from './ranked.ts'

/** A sorted set, or a set, whose members all have the score 1, or nothing; and what its scores are multiplied by. */
type Operand = readonly [set: Ranked | Members | undefined, weight: number]

/** Makes one sorted set of several. */
export type Combine = (operands: readonly Operand[], aggregate: Aggregate | undefined) => Ranked

/**
 * Gives the destination what is made of the keys, over whatever it held; answers how many members that are. O(n log n).
 *
 * @throws CacheError `WRONG_TYPE`, or `INVALID_ARGUMENT` for more or fewer weights than keys; nothing is changed then.
 */
export function combine(
  space: Keyspace,
  how: Combine,
  destination: string,
  keys: readonly string[],
  { weights, aggregate }: CombineOptions = {},
): number {
  const operands = keys.map((key, at): Operand => {
    const value = space.read(key)
    const set = value === undefined || value instanceof Members ? value : held(key, value, Ranked)
    return [set, weights?.[at] ?? 1]
  })
  if (weights && weights.length !== keys.length)
    throw new CacheError(
      'INVALID_ARGUMENT',
      `${show(destination)}: ${keys.length} keys want as many weights, found ${weights.length}`,
    )
  // The smallest comes first: sums of doubles hang on their order, and there is less to look up.
  const set = how(
    operands.sort(([one], [other]) => (one?.size ?? 0) - (other?.size ?? 0)),
    aggregate,
  )
  const { size } = set
  if (size) space.put(destination, set)
  else space.delete(destination)
  // Who waited for the destination has taken from it by now.
  return size
}

/** The members that any of the sets has, with scores made of all. */
export const union: Combine = (operands, aggregate) => {
  const scores = new Map<string, number>()
  for (const [set, weight] of operands)
    for (const [member, found] of pairsOf(set)) {
      const before = scores.get(member)
      const score = orZero(found * weight)
      scores.set(member, before === undefined ? score : aggregated(before, score, aggregate))
    }
  return new Ranked(scores)
}

/** The members that all sets have, with scores made of all. */
export const intersection: Combine = ([smallest, ...others], aggregate) => {
  const [set, weight] = smallest ?? [undefined, 1]
  const scores = new Map<string, number>()
  for (const [member, found] of pairsOf(set)) {
    let score = orZero(found * weight)
    const everywhere = others.every(([other, factor]) => {
      const next = scoreIn(other, member)
      if (next !== undefined) score = aggregated(score, next * factor, aggregate)
      return next !== undefined
    })
    if (everywhere) scores.set(member, score)
  }
  return new Ranked(scores)
}

function pairsOf(set: Operand[0]): readonly (readonly [member: string, score: number])[] {
  return set instanceof Members ? set.list.map((member) => [member, 1]) : (set?.dump() ?? [])
}

function scoreIn(set: Operand[0], member: string): number | undefined {
  return set instanceof Members ? (set.has(member) ? 1 : undefined) : set?.score(member)
}

/** As Redis has it where a number is none: the lesser or greater of it and the score before is the score before. */
function aggregated(before: number, score: number, aggregate: Aggregate = 'sum'): number {
  if (aggregate === 'sum') return orZero(before + score)
  return (aggregate === 'min' ? score < before : score > before) ? score : before
}

/** Infinity times 0, or minus itself, is 0 here. */
function orZero(score: number): number {
  return Number.isNaN(score) ? 0 : score
}
