import type { Collection, Value } from './collection.ts'
import type { Keyspace } from './keyspace.ts'
import { wrongType } from './wrong-type.ts'

/** What the key holds, of any type; not counted as a hit. */
export function peek(space: Keyspace, key: string): Value | undefined {
  return space.valueAt(space.find(key))
}

/** The collection that the key holds, to be read. Throws `WRONG_TYPE` where it holds another type. */
export function view<Kind extends Collection>(
  space: Keyspace,
  key: string,
  kind: new () => Kind,
): Kind | undefined {
  const value = space.read(key)
  return value === undefined ? undefined : held(key, value, kind)
}

/**
 * Runs the change on the collection that the key holds, a new one without key. It becomes, stays or ceases to be the
 * key's value as it is then filled or empty; unchanged, nothing happens. The change must throw before it changes anything.
 * Throws `WRONG_TYPE` where the key holds another type.
 */
export function update<Kind extends Collection, Reply>(
  space: Keyspace,
  key: string,
  kind: new () => Kind,
  change: (collection: Kind) => Reply,
): Reply {
  const slot = space.find(key)
  const collection = slot < 0 ? new kind() : held(key, space.valueAt(slot), kind)
  const before = collection.revision
  const reply = change(collection)
  if (collection.revision === before) return reply
  if (collection.size === 0) space.delete(key)
  else if (slot < 0) space.put(key, collection)
  else space.changed(slot, key, collection)
  return reply
}

/** The value as the collection it has to be. Throws `WRONG_TYPE` where the key holds another type. */
export function held<Kind extends Collection>(
  key: string,
  value: Value | undefined,
  kind: new () => Kind,
): Kind {
  if (value instanceof kind) return value
  throw wrongType(key, value, new kind().type)
}
