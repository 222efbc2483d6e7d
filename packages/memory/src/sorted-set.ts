import { CacheError, type ReadyBound, type SortedSetCommands } from '@jcache/driver'
import type { Group } from './group.ts'
import { Ranked } from './ranked.ts'

/** What the sorted set commands do. https://redis.io/commands/?group=sorted-set */
export const sortedSetGroup: Group<SortedSetCommands> = {
  commands: (space) => ({
    zadd: (key, pairs, options = {}) => {
      const { nx, xx, gt, lt, ch, incr } = options
      if (incr && pairs.length > 1)
        throw new CacheError(
          'INVALID_ARGUMENT',
          `zadd ${key} wants one member with incr, found ${pairs.length}`,
        )
      return space.update(key, Ranked, (set) => {
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

    zcard: (key) => space.view(key, Ranked)?.size ?? 0,

    zcount: (key, min, max) => {
      const [start, end] = scored(space.view(key, Ranked), min, max)
      return end - start
    },

    zincrby: (key, increment, member) =>
      space.update(key, Ranked, (set) => {
        let score = 0
        set.update(member, (old) => {
          score = sum(key, member, old, increment)
          return score
        })
        return score
      }),

    zrange: (key, start, stop, options) => {
      const set = space.view(key, Ranked)
      return answer(set, ranks(set, start, stop), options?.withScores)
    },

    zrevrange: (key, start, stop, options) => {
      const set = space.view(key, Ranked)
      const [from, to] = ranks(set, start, stop)
      const size = set?.size ?? 0
      return answer(set, [size - to, size - from], options?.withScores).reverse()
    },

    zrangebyscore: (key, min, max, options = {}) => {
      const set = space.view(key, Ranked)
      const [start, end] = scored(set, min, max)
      const [offset, count] = options.limit ?? [0, -1]
      const from = offset < 0 ? end : Math.min(start + offset, end)
      return answer(set, [from, count < 0 ? end : Math.min(from + count, end)], options.withScores)
    },

    zrank: (key, member) => {
      const set = space.view(key, Ranked)
      const score = set?.score(member)
      return set && score !== undefined ? set.rank(score, member) : null
    },

    zrevrank: (key, member) => {
      const set = space.view(key, Ranked)
      const score = set?.score(member)
      return set && score !== undefined ? set.size - 1 - set.rank(score, member) : null
    },

    zrem: (key, ...members) =>
      space.update(key, Ranked, (set) => members.filter((member) => set.delete(member)).length),

    zremrangebyrank: (key, start, stop) =>
      space.update(key, Ranked, (set) => remove(set, ranks(set, start, stop))),

    zremrangebyscore: (key, min, max) =>
      space.update(key, Ranked, (set) => remove(set, scored(set, min, max))),

    zscore: (key, member) => space.view(key, Ranked)?.score(member) ?? null,
  }),

  revive: {
    zset: (pairs) => {
      const set = new Ranked()
      for (const [member, score] of pairs) set.set(member, score)
      return set
    },
  },
}

/** Elements from rank start to before rank end; empty where both are the same. */
type Ranks = readonly [start: number, end: number]

/** The ranks that Redis means by start and stop, where negative numbers count from the end. */
function ranks(set: Ranked | undefined, start: number, stop: number): Ranks {
  const size = set?.size ?? 0
  const from = Math.max(start < 0 ? start + size : start, 0)
  const to = Math.min(stop < 0 ? stop + size : stop, size - 1) + 1
  return from < to ? [from, to] : [0, 0]
}

/** The ranks of the members with a score within the bounds. */
function scored(set: Ranked | undefined, min: ReadyBound, max: ReadyBound): Ranks {
  if (!set) return [0, 0]
  const start = set.rank(min.score, min.exclusive ? undefined : '')
  return [start, Math.max(set.rank(max.score, max.exclusive ? '' : undefined), start)]
}

function answer(set: Ranked | undefined, [start, end]: Ranks, withScores: boolean | undefined) {
  if (!set) return []
  return withScores
    ? set.range(start, end, (member, score): [string, number] => [member, score])
    : set.range(start, end, (member) => member)
}

function remove(set: Ranked, [start, end]: Ranks): number {
  if (end > start) set.remove(start, end)
  return end - start
}

function sum(key: string, member: string, old: number | undefined, increment: number): number {
  const score = (old ?? 0) + increment
  if (!Number.isNaN(score)) return score
  throw new CacheError(
    'NOT_A_NUMBER',
    `${key}: resulting score is not a number (${old} plus ${increment} for ${JSON.stringify(member.slice(0, 40))})`,
  )
}
