import type { DriverCommands, Entry, KeyType } from '@jcache/driver'
import type { Collection } from './collection.ts'
import type { Keyspace } from './keyspace.ts'

/** What one group of commands does, and how entries of its type become collections again. */
export interface Group<Methods> {
  /** The handlers over a keyspace. */
  commands(space: Keyspace): DriverCommands<Methods>
  /** The collection from an entry's value, by type. */
  readonly revive?: Revivals
}

/** What makes collections from the values of entries, by type. */
export type Revivals = {
  readonly [Type in KeyType]?: (value: Extract<Entry, { type: Type }>['value']) => Collection
}
