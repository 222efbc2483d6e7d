import { type BlockOptions, CacheError, type ListCommands, type ListEnd, show } from '@jcache/driver'
import { block, blockOn } from './block.ts'
import { Deque } from './deque.ts'
import type { Group } from './group.ts'
import { update, view } from './held.ts'
import type { Keyspace } from './keyspace.ts'
import { span } from './span.ts'

/** `lpush lpop lrange …`: lists. */
export const listGroup: Group<ListCommands> = {
  commands: (space) => ({
    lpush: push(space, 'left'),

    rpush: push(space, 'right'),

    lpushx: push(space, 'left', true),

    rpushx: push(space, 'right', true),

    lpop: pop(space, 'left'),

    rpop: pop(space, 'right'),

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
        if (list.size === 0) throw new CacheError('NO_SUCH_KEY', `${show(key)} holds no list`)
        if (list.at(at) === undefined)
          throw new CacheError('OUT_OF_RANGE', `${show(key)} has ${list.size} values, none at index ${index}`)
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
          `lpos ${show(key)} wants a rank from 1, or below zero from the end, found 0`,
        )
      const list = view(space, key, Deque) ?? new Deque()
      const found = indexesOf(list, value, rank, count === undefined ? 1 : count || list.size, maxlen)
      return count === undefined ? (found[0] ?? null) : found
    },

    lmove: (...move) => moved(space, ...move) ?? null,

    rpoplpush: (source, destination) => moved(space, source, destination, 'right', 'left') ?? null,

    blmove: (source, destination, from, to, timeout, options) =>
      blockOn(space, Deque, () => moved(space, source, destination, from, to), [source], timeout, options),

    blpop: popFirst(space, 'left'),

    brpop: popFirst(space, 'right'),
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
  const get = (list: Deque) => take(list, from) ?? ''
  const set = (list: Deque, value: string) => {
    put(list, to, value)
    return value
  }
  // A list that becomes its own destination is never empty, so that it keeps its expiry.
  if (source === destination) return update(space, source, Deque, (list) => set(list, get(list)))
  const value = update(space, source, Deque, get)
  return update(space, destination, Deque, (list) => set(list, value))
}

function put(list: Deque, end: ListEnd, value: string): void {
  if (end === 'left') list.pushHead(value)
  else list.pushTail(value)
}

function take(list: Deque, end: ListEnd): string | undefined {
  return end === 'left' ? list.popHead() : list.popTail()
}

function push(space: Keyspace, end: ListEnd, onlyOnList = false) {
  return (key: string, ...values: string[]): number =>
    update(space, key, Deque, (list) => {
      if (list.size || !onlyOnList) for (const value of values) put(list, end, value)
      return list.size
    })
}

function pop(space: Keyspace, end: ListEnd) {
  return (key: string, count?: number): string | string[] | null =>
    update(space, key, Deque, (list) => {
      if (count === undefined) return take(list, end) ?? null
      if (list.size === 0) return null
      return Array.from({ length: Math.min(count, list.size) }, () => take(list, end) ?? '')
    })
}

function popFirst(space: Keyspace, end: ListEnd) {
  return (
    keys: readonly string[],
    timeout: number,
    options?: BlockOptions,
  ): Promise<[key: string, value: string] | null> =>
    block(space, Deque, (list, key) => [key, take(list, end) ?? ''], keys, timeout, options)
}
