export type { ArrayMethods } from './array-methods.ts'
export { type BytesFormat, bytesCodec } from './cache/bytes-codec.ts'
export type { Cache, Shape } from './cache/cache.ts'
export type { CacheClient } from './cache/cache-client.ts'
export type { CacheEvent } from './cache/cache-event.ts'
export type { CacheOptions, CallOptions, ValueOptions } from './cache/cache-options.ts'
export type { Codec } from './cache/codec.ts'
export { type Compression, compressed } from './cache/compressed.ts'
export { type Counts, counters } from './cache/counters.ts'
export { createCache } from './cache/create-cache.ts'
export { exact } from './cache/exact.ts'
export { json } from './cache/json.ts'
export { clusterLease, type Lease, type LeaseOptions } from './cache/lease.ts'
export type { LoadContext, Loader, ManyContext } from './cache/load.ts'
export type { Loaded } from './cache/loaded.ts'
export { type Channel, publishTo } from './cache/publish-to.ts'
export { type TextFormat, textCodec } from './cache/text-codec.ts'
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
