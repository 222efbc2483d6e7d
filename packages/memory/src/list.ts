import { type BlockOptions, CacheError, type ListCommands, type ListEnd } from '@jcache/driver'
import { block, blockOn } from './block.ts'
import { Deque } from './deque.ts'
import type { Group } from './group.ts'
import { update, view } from './held.ts'
import type { Keyspace } from './keyspace.ts'
import { span } from './span.ts'

/** `lpush lpop lrange …`: lists. */
export const listGroup: Group<ListCommands> = {
  commands: (space) => ({
    lpush: (key, ...values) =>
      update(space, key, Deque, (list) => {
        for (const value of values) list.pushHead(value)
        return list.size
      }),

    rpush: (key, ...values) =>
      update(space, key, Deque, (list) => {
        for (const value of values) list.pushTail(value)
        return list.size
      }),

    lpushx: (key, ...values) =>
      update(space, key, Deque, (list) => {
        if (list.size) for (const value of values) list.pushHead(value)
        return list.size
      }),

    rpushx: (key, ...values) =>
      update(space, key, Deque, (list) => {
        if (list.size) for (const value of values) list.pushTail(value)
        return list.size
      }),

    lpop: (key, count) => pop(space, key, count, (list) => list.popHead()),

    rpop: (key, count) => pop(space, key, count, (list) => list.popTail()),

    lrange: (key, start, stop) => {
      const list = view(space, key, Deque)
      return list ? list.range(...span(start, stop, list.size)) : []
    },

    ltrim: (key, start, stop) =>
      update(space, key, Deque, (list) => list.trim(...span(start, stop, list.size))),

    llen: (key) => view(space, key, Deque)?.size ?? 0,

    lindex: (key, index) => {
      const list = view(space, key, Deque)
      return list?.at(index < 0 ? index + list.size : index) ?? null
    },

    lset: (key, index, value) =>
      update(space, key, Deque, (list) => {
        const at = index < 0 ? index + list.size : index
        if (list.size === 0) throw new CacheError('NO_SUCH_KEY', `${JSON.stringify(key)} holds no list`)
        if (list.at(at) === undefined)
          throw new CacheError(
            'OUT_OF_RANGE',
            `${JSON.stringify(key)} has ${list.size} values, none at index ${index}`,
          )
        list.set(at, value)
      }),

    linsert: (key, where, pivot, value) =>
      update(space, key, Deque, (list) => {
        const [at] = indexesOf(list, pivot, 1, 1)
        if (at === undefined) return list.size && -1
        list.insert(where === 'before' ? at : at + 1, value)
        return list.size
      }),

    lrem: (key, count, value) =>
      update(space, key, Deque, (list) => list.remove(value, Math.abs(count) || list.size, count < 0)),

    lpos: (key, value, { rank = 1, count, maxlen } = {}) => {
      if (rank === 0)
        throw new CacheError(
          'INVALID_ARGUMENT',
          `lpos ${JSON.stringify(key)} wants a rank from 1, or below zero from the end, found 0`,
        )
      const list = view(space, key, Deque) ?? new Deque()
      const found = indexesOf(list, value, rank, count === undefined ? 1 : count || list.size, maxlen)
      return count === undefined ? (found[0] ?? null) : found
    },

    lmove: (...move) => moved(space, ...move) ?? null,

    rpoplpush: (source, destination) => moved(space, source, destination, 'right', 'left') ?? null,

    blmove: (source, destination, from, to, timeout, options) =>
      blockOn(space, Deque, () => moved(space, source, destination, from, to), [source], timeout, options),

    blpop: (keys, timeout, options) => popFirst(space, keys, timeout, options, (list) => list.popHead()),

    brpop: (keys, timeout, options) => popFirst(space, keys, timeout, options, (list) => list.popTail()),
  }),

  revive: { list: (values) => new Deque(values) },
}

/** Indexes of the value from the match of that rank on, up to so many, of the first or last `maxlen` values (0: all). */
function indexesOf(list: Deque, value: string, rank: number, most: number, maxlen = 0): number[] {
  const found: number[] = []
  let skip = Math.abs(rank) - 1
  for (
    let step = 0, end = Math.min(maxlen || list.size, list.size);
    step < end && found.length < most;
    step++
  ) {
    const at = rank < 0 ? list.size - 1 - step : step
    if (list.at(at) === value && skip-- <= 0) found.push(at)
  }
  return found
}

/** Moves a value and answers it, undefined without source. Both keys are looked at before anything is taken. */
function moved(
  space: Keyspace,
  source: string,
  destination: string,
  from: ListEnd,
  to: ListEnd,
): string | undefined {
  if (!view(space, source, Deque)) return undefined
  view(space, destination, Deque)
  const take = (list: Deque) => (from === 'left' ? list.popHead() : list.popTail()) ?? ''
  const put = (list: Deque, value: string) => {
    if (to === 'left') list.pushHead(value)
    else list.pushTail(value)
    return value
  }
  // A list that becomes its own destination is never empty, so that it keeps its expiry.
  if (source === destination) return update(space, source, Deque, (list) => put(list, take(list)))
  const value = update(space, source, Deque, take)
  return update(space, destination, Deque, (list) => put(list, value))
}

type Pop = (list: Deque) => string | undefined

function pop(space: Keyspace, key: string, count: number | undefined, take: Pop): string | string[] | null {
  return update(space, key, Deque, (list) => {
    if (count === undefined) return take(list) ?? null
    if (list.size === 0) return null
    const values: string[] = []
    while (values.length < count) {
      const value = take(list)
      if (value === undefined) break
      values.push(value)
    }
    return values
  })
}

function popFirst(
  space: Keyspace,
  keys: readonly string[],
  timeout: number,
  options: BlockOptions | undefined,
  take: Pop,
): Promise<[key: string, value: string] | null> {
  return block(space, Deque, (list, key): [string, string] => [key, take(list) ?? ''], keys, timeout, options)
}
