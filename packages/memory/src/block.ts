import type { BlockOptions } from '@jcache/driver'
import type { Collection } from './collection.ts'
import { peek, update } from './held.ts'
import type { Keyspace } from './keyspace.ts'
import { aborted, Waiters } from './waiters.ts'

/**
 * Takes from the first of the keys that holds such a collection, or waits until one does (milliseconds, 0: for ever);
 * answers null after the timeout. Rejects with `WRONG_TYPE` where a key asked before any was filled holds another type
 * (a key that changes its type later is passed over), with `ABORTED` when the signal aborts, with `CLOSED` on close.
 */
export function block<Kind extends Collection, Reply>(
  space: Keyspace,
  kind: new () => Kind,
  take: (collection: Kind, key: string) => Reply,
  keys: readonly string[],
  timeout: number,
  options?: BlockOptions,
): Promise<Reply | null> {
  const takeFrom = (key: string) =>
    update(space, key, kind, (collection) => (collection.size ? take(collection, key) : undefined))
  return blockOn(space, kind, takeFrom, keys, timeout, options)
}

/** As `block`, with a function that takes from the key itself: undefined where there is nothing, an error ends the wait. */
export async function blockOn<Reply>(
  space: Keyspace,
  kind: new () => Collection,
  takeFrom: (key: string) => Reply | undefined,
  keys: readonly string[],
  timeout: number,
  { signal }: BlockOptions = {},
): Promise<Reply | null> {
  if (signal?.aborted) throw aborted(keys, signal)
  for (const key of keys) {
    const reply = takeFrom(key)
    if (reply !== undefined) return reply
  }
  space.waiters ??= new Waiters((key) => space.has(key))
  return space.waiters.wait(
    keys,
    (key) => (peek(space, key) instanceof kind ? takeFrom(key) : undefined),
    timeout,
    signal,
  )
}
