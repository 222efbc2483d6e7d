export type { ArrayMethods } from './array-methods.ts'
export {
  type Client,
  type ClientMethods,
  type ClientOver,
  createClient,
  createClientOf,
  type Explained,
} from './client.ts'
export type { Engine, Role, StreamState, TierInfo } from './engine.ts'
export type { ClientEvent, DropReason, NotKeptReason } from './event.ts'
export { type LeanClient, leanClientOf } from './lean-client.ts'
export {
  createHashClient,
  createListClient,
  createSetClient,
  createSortedSetClient,
  createStringClient,
  type HashClient,
  type ListClient,
  type SetClient,
  type SortedSetClient,
  type StringClient,
} from './narrow.ts'
export { type Observation, observed } from './observed.ts'
export type { ClientOptions } from './options.ts'
export { type Prefixed, prefixed } from './prefixed.ts'
export type { Source } from './source.ts'
export { tiered } from './tiered.ts'
export type { Offered } from './truth-of.ts'
