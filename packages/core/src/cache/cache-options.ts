import {
  callable,
  type Duration,
  duration,
  type OptionKinds,
  optionsOf,
  quietly,
  timeout,
} from '@jcache/driver'
import type { CacheEvent } from './cache-event.ts'
import type { Codec } from './codec.ts'
import { json } from './json.ts'
import type { Lease } from './lease.ts'
import { tagsOf } from './tags-of.ts'

/** Options of one write. */
export interface ValueOptions {
  /** How long the value is fresh, above zero. Default: the cache's, `'5m'`. */
  readonly ttl?: Duration
  /** By which it can be invalidated. Default: the cache's, none. */
  readonly tags?: readonly string[]
}

/** Options of one call with a loader. */
export interface CallOptions extends ValueOptions {
  /** How long a caller waits for the loader where there is a stale value; then that is the answer. Default 0: at once. */
  readonly softTimeout?: Duration
  /** How long the loader may take; then its signal is aborted, and callers get the stale value, else `TIMEOUT`. Default `'30s'`. */
  readonly hardTimeout?: Duration
  /** Ends the wait of this caller with `ABORTED`; the loader's own signal when nobody is left who waits. */
  readonly signal?: AbortSignal
  /** Given what goes on behind the answer, which never rejects: the `waitUntil` of an edge worker. */
  readonly waitUntil?: (work: Promise<unknown>) => void
}

/** Options of a cache; the defaults are safe for production. */
export interface CacheOptions extends Omit<CallOptions, 'signal'> {
  /** How long a value may still be answered past its ttl, while it is loaded anew or cannot be. The same for all who share the keys. Default 0. */
  readonly stale?: Duration
  /** How long null is fresh, where a loader answers it. Default: as any value. */
  readonly nullTtl?: Duration
  /** How long a loader that failed is left alone; callers get the stale value, else the same error. Default `'1s'`. */
  readonly backoff?: Duration
  /** How long before the end of its ttl a value that is asked for is loaded anew, behind the caller; at most half its life. Default 0: not. */
  readonly refreshAhead?: Duration
  /** Part of the ttl taken from it by chance, from 0 to 1, so that values do not all end at once. Default 0. */
  readonly jitter?: number
  /** Put before every key. Default `''`. */
  readonly prefix?: string
  /** Makes texts of values. Default `json`. */
  readonly codec?: Codec
  /** Whether every caller gets a value of their own, to change as they like, instead of a frozen one. Costs decoding. Default false. */
  readonly clone?: boolean
  /** Lets one process at a time load a key: `clusterLease()`. */
  readonly lease?: Lease
  /** How many characters of texts have their decoded values kept at hand. Default 64,000,000. */
  readonly decodedLimit?: number
  /** Called with what the cache does; what it throws is ignored. */
  readonly onEvent?: (event: CacheEvent) => void
  /** Unix time in milliseconds. Default `Date.now`. */
  readonly now?: () => number
  /** A number from 0 up to 1, for jitter. Default `Math.random`. */
  readonly random?: () => number
}

type Unset = 'lease' | 'onEvent' | 'waitUntil' | 'signal'

/** The options of a call over those of its cache, with defaults, durations in milliseconds. */
export type ReadyCall = {
  readonly [Option in Exclude<keyof CacheOptions, Unset>]-?: CacheOptions[Option] extends Duration | undefined
    ? number
    : Exclude<CacheOptions[Option], undefined>
} & { readonly [Option in Unset]?: (CacheOptions & CallOptions)[Option] | undefined }

const ofCall: OptionKinds<CallOptions> = {
  ttl: duration,
  tags: ['texts that are not empty, in a list', tagsOf],
  softTimeout: timeout,
  hardTimeout: duration,
  signal: ['an AbortSignal', given],
  waitUntil: ['a function', callable],
}

/** Throws CacheError `INVALID_ARGUMENT` for options that are unknown or out of their range. */
export function readyCache(options: CacheOptions): ReadyCall {
  const known = optionsOf<CacheOptions, OptionKinds<CacheOptions>>(
    'createCache',
    {
      ...ofCall,
      stale: timeout,
      nullTtl: duration,
      backoff: timeout,
      refreshAhead: timeout,
      jitter: ['a number from 0 up to 1', (jitter) => (jitter >= 0 && jitter < 1 ? jitter : undefined)],
      prefix: ['a text', (prefix) => (typeof prefix === 'string' ? prefix : undefined)],
      codec: ['an object with encode and decode', given],
      clone: ['true or false', given],
      lease: ['clusterLease()', callable],
      decodedLimit: ['a number from 0', (limit) => (limit >= 0 ? limit : undefined)],
      onEvent: ['a function', (onEvent) => callable(onEvent) && quietly(onEvent)],
      now: ['a function', callable],
      random: ['a function', callable],
    },
    options,
  ) as Partial<ReadyCall>
  const { ttl = 300_000 } = known
  return {
    ttl,
    stale: 0,
    nullTtl: ttl,
    softTimeout: 0,
    hardTimeout: 30_000,
    backoff: 1_000,
    refreshAhead: 0,
    jitter: 0,
    prefix: '',
    tags: [],
    codec: json,
    clone: false,
    decodedLimit: 64_000_000,
    now: Date.now,
    random: Math.random,
    ...known,
  }
}

/** Throws CacheError `INVALID_ARGUMENT` for options that are unknown or out of their range. */
export function readyCall(cache: ReadyCall, options: CallOptions | undefined): ReadyCall {
  if (!options) return cache
  return {
    ...cache,
    ...(optionsOf<CallOptions, OptionKinds<CallOptions>>('the cache', ofCall, options) as Partial<ReadyCall>),
  }
}

function given<Given>(value: Given): Given | undefined {
  return value ?? undefined
}
