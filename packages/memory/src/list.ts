import type { BlockOptions, ListCommands } from '@jcache/driver'
import { block } from './block.ts'
import { Deque } from './deque.ts'
import type { Group } from './group.ts'
import type { Keyspace } from './keyspace.ts'
import { span } from './span.ts'

/** `lpush lpop lrange …`: lists. */
export const listGroup: Group<ListCommands> = {
  commands: (space) => ({
    lpush: (key, ...values) =>
      space.update(key, Deque, (list) => {
        for (const value of values) list.pushHead(value)
        return list.size
      }),

    rpush: (key, ...values) =>
      space.update(key, Deque, (list) => {
        for (const value of values) list.pushTail(value)
        return list.size
      }),

    lpop: (key, count) => pop(space, key, count, (list) => list.popHead()),

    rpop: (key, count) => pop(space, key, count, (list) => list.popTail()),

    lrange: (key, start, stop) => {
      const list = space.view(key, Deque)
      return list ? list.range(...span(start, stop, list.size)) : []
    },

    ltrim: (key, start, stop) =>
      space.update(key, Deque, (list) => list.trim(...span(start, stop, list.size))),

    llen: (key) => space.view(key, Deque)?.size ?? 0,

    lindex: (key, index) => {
      const list = space.view(key, Deque)
      return list?.at(index < 0 ? index + list.size : index) ?? null
    },

    blpop: (keys, timeout, options) => popFirst(space, keys, timeout, options, (list) => list.popHead()),

    brpop: (keys, timeout, options) => popFirst(space, keys, timeout, options, (list) => list.popTail()),
  }),

  revive: { list: (values) => new Deque(values) },
}

type Pop = (list: Deque) => string | undefined

function pop(space: Keyspace, key: string, count: number | undefined, take: Pop): string | string[] | null {
  return space.update(key, Deque, (list) => {
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
