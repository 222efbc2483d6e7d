import { CacheError, type ScoredMember, type SortedSetCommands, type WithScores } from '@jcache/driver'
import { block } from './block.ts'
import { combine, intersection, union } from './combine.ts'
import type { Group } from './group.ts'
import { update, view } from './held.ts'
import { pick, picks } from './picks.ts'
import { Ranked, UNSETTLED } from './ranked.ts'
import { lexed, limited, mirrored, type Ranks, scored } from './ranks.ts'
import { scan } from './scan.ts'
import { span } from './span.ts'

/** What the sorted set commands do. https://redis.io/commands/?group=sorted-set */
export const sortedSetGroup: Group<SortedSetCommands> = {
  commands: (space) => {
    const setOf = (key: string) => view(space, key, Ranked) ?? new Ranked()
    return {
      zadd: (key, pairs, options = {}) => {
        const { nx, xx, gt, lt, ch, incr } = options
        if (incr && pairs.length > 1)
          throw new CacheError(
            'INVALID_ARGUMENT',
            `zadd ${key} wants one member with incr, found ${pairs.length}`,
          )
        return update(space, key, Ranked, (set) => {
          let counted = 0
          let answer: number | null = null
          for (const [member, given] of pairs)
            set.update(member, (old) => {
              if (old === undefined ? xx : nx) return old
              const score = incr ? sum(key, member, old, given) : given
              if (old !== undefined && ((gt && score <= old) || (lt && score >= old))) return old
              if (old === undefined || (ch && score !== old)) counted++
              answer = score
              return score
            })
          return incr ? answer : counted
        })
      },

      zcard: (key) => setOf(key).size,

      zcount: (key, min, max) => {
        const [start, end] = scored(setOf(key), min, max)
        return end - start
      },

      zincrby: (key, increment, member) =>
        update(space, key, Ranked, (set) => {
          let score = 0
          set.update(member, (old) => {
            score = sum(key, member, old, increment)
            return score
          })
          return score
        }),

      zrange: (key, start, stop, options) => {
        const set = setOf(key)
        return answer(set, span(start, stop, set.size), options)
      },

      zrevrange: (key, start, stop, options) => {
        const set = setOf(key)
        return backwards(set, span(start, stop, set.size), options)
      },

      zrangebyscore: (key, min, max, options) => {
        const set = setOf(key)
        return answer(set, limited(scored(set, min, max), options?.limit), options)
      },

      zrevrangebyscore: (key, max, min, options) => {
        const set = setOf(key)
        const ranks = mirrored(scored(set, min, max), set.size)
        return backwards(set, limited(ranks, options?.limit), options)
      },

      zrangebylex: (key, min, max, options) => {
        const set = setOf(key)
        return membersOf(set, limited(lexed(set, min, max), options?.limit))
      },

      zlexcount: (key, min, max) => {
        const [start, end] = lexed(setOf(key), min, max)
        return end - start
      },

      zrank: (key, member) => setOf(key).rankOf(member) ?? null,

      zrevrank: (key, member) => {
        const set = setOf(key)
        const rank = set.rankOf(member)
        return rank === undefined ? null : set.size - 1 - rank
      },

      zrem: (key, ...members) =>
        update(space, key, Ranked, (set) => members.filter((member) => set.delete(member)).length),

      zremrangebyrank: (key, start, stop) =>
        update(space, key, Ranked, (set) => remove(set, span(start, stop, set.size))),

      zremrangebyscore: (key, min, max) =>
        update(space, key, Ranked, (set) => remove(set, scored(set, min, max))),

      zremrangebylex: (key, min, max) =>
        update(space, key, Ranked, (set) => remove(set, lexed(set, min, max))),

      zscore: (key, member) => setOf(key).score(member) ?? null,

      zmscore: (key, ...members) => {
        const set = setOf(key)
        return members.map((member) => set.score(member) ?? null)
      },

      bzpopmin: (keys, timeout, options) => block(space, Ranked, first(popMin), keys, timeout, options),

      bzpopmax: (keys, timeout, options) => block(space, Ranked, first(popMax), keys, timeout, options),

      zunionstore: (destination, keys, options) => combine(space, union, destination, keys, options),

      zinterstore: (destination, keys, options) => combine(space, intersection, destination, keys, options),

      zrandmember: (key, count, options) => {
        const set = setOf(key)
        if (count === undefined) return set.size ? set.at(pick(set.size))[0] : null
        const pairs = picks(key, set.size, count).map((place) => set.at(place))
        return options?.withScores ? pairs : pairs.map(([member]) => member)
      },

      zscan: (key, cursor, options) => {
        const set = setOf(key)
        return scan(
          set.size,
          (place) => set.at(place),
          ([member]) => member,
          cursor,
          options,
          UNSETTLED,
        )
      },

      zpopmin: (key, count = 1) => update(space, key, Ranked, (set) => popMin(set, count)),

      zpopmax: (key, count = 1) => update(space, key, Ranked, (set) => popMax(set, count)),
    }
  },

  revive: { zset: (pairs) => new Ranked(pairs) },
}

const pair = (member: string, score: number): ScoredMember => [member, score]

/** The members of these ranks, or the pairs of member and score. */
function answer(set: Ranked, ranks: Ranks, options: WithScores | undefined) {
  return options?.withScores ? set.range(...ranks, pair) : membersOf(set, ranks)
}

function membersOf(set: Ranked, ranks: Ranks): string[] {
  return set.range(...ranks, (member) => member)
}

/** As `answer`, with ranks counted from the highest score, which comes first. */
function backwards(set: Ranked, ranks: Ranks, options: WithScores | undefined) {
  return answer(set, mirrored(ranks, set.size), options).reverse()
}

function remove(set: Ranked, [start, end]: Ranks): number {
  if (end > start) set.remove(start, end)
  return end - start
}

function popMin(set: Ranked, count: number): ScoredMember[] {
  return taken(set, [0, Math.min(count, set.size)])
}

function popMax(set: Ranked, count: number): ScoredMember[] {
  return taken(set, [Math.max(set.size - count, 0), set.size]).reverse()
}

/** What the pop takes first, with its key; the set is not empty. */
const first =
  (pop: typeof popMin) =>
  (set: Ranked, key: string): [key: string, member: string, score: number] => {
    const [[member, score] = ['', 0]] = pop(set, 1)
    return [key, member, score]
  }

/** Removes the elements of these ranks, and answers them. */
function taken(set: Ranked, [start, end]: Ranks): ScoredMember[] {
  const pairs = set.range(start, end, pair)
  remove(set, [start, end])
  return pairs
}

function sum(key: string, member: string, old: number | undefined, increment: number): number {
  const score = (old ?? 0) + increment
  if (!Number.isNaN(score)) return score
  throw new CacheError(
    'NOT_A_NUMBER',
    `${key}: resulting score is not a number (${old} plus ${increment} for ${JSON.stringify(member.slice(0, 40))})`,
  )
}
