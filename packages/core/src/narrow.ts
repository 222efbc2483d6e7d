import {
  type CommandTable,
  type Driver,
  type HashCommands,
  hash,
  type KeyCommands,
  keys,
  type ListCommands,
  list,
  type SetCommands,
  type SortedSetCommands,
  type StringCommands,
  set,
  sortedSet,
  string,
} from '@jcache/driver'
import { type ArrayMethods, arrayMethods } from './array-methods.ts'
import { type Client, createClientOf } from './client.ts'
import type { ClientOptions } from './options.ts'
import { tiered } from './tiered.ts'

export type StringClient = Client<KeyCommands & StringCommands>
export type HashClient = Client<KeyCommands & HashCommands>
export type ListClient = Client<KeyCommands & ListCommands> & ArrayMethods
export type SetClient = Client<KeyCommands & SetCommands>
export type SortedSetClient = Client<KeyCommands & SortedSetCommands>

type Tiers<Methods> = readonly [Driver<KeyCommands & Methods>, ...Driver<KeyCommands & Methods>[]]

const stringTable: CommandTable<KeyCommands & StringCommands> = /*#__PURE__*/ Object.assign({}, keys, string)
const hashTable: CommandTable<KeyCommands & HashCommands> = /*#__PURE__*/ Object.assign({}, keys, hash)
const listTable: CommandTable<KeyCommands & ListCommands> = /*#__PURE__*/ Object.assign({}, keys, list)
const setTable: CommandTable<KeyCommands & SetCommands> = /*#__PURE__*/ Object.assign({}, keys, set)
const sortedSetTable: CommandTable<KeyCommands & SortedSetCommands> = /*#__PURE__*/ Object.assign(
  {},
  keys,
  sortedSet,
)

/** A client for keys and strings only. Throws as `createClientOf`. */
export function createStringClient(tiers: Tiers<StringCommands>, options?: ClientOptions): StringClient {
  return createClientOf(stringTable, tiered(tiers, options))
}

/** A client for keys and hashes only. Throws as `createClientOf`. */
export function createHashClient(tiers: Tiers<HashCommands>, options?: ClientOptions): HashClient {
  return createClientOf(hashTable, tiered(tiers, options))
}

/** A client for keys and lists only, with the array methods. Throws as `createClientOf`. */
export function createListClient(tiers: Tiers<ListCommands>, options?: ClientOptions): ListClient {
  return Object.assign(createClientOf(listTable, tiered(tiers, options)), arrayMethods)
}

/** A client for keys and sets only. Throws as `createClientOf`. */
export function createSetClient(tiers: Tiers<SetCommands>, options?: ClientOptions): SetClient {
  return createClientOf(setTable, tiered(tiers, options))
}

/** A client for keys and sorted sets only. Throws as `createClientOf`. */
export function createSortedSetClient(
  tiers: Tiers<SortedSetCommands>,
  options?: ClientOptions,
): SortedSetClient {
  return createClientOf(sortedSetTable, tiered(tiers, options))
}
