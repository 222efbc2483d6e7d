import { CacheError, type Duration, milliseconds } from '@jcache/driver'

/** Options of `redis`. */
export interface RedisDriverOptions {
  /** Names the tier in events and errors. Default `'redis'`. */
  readonly name?: string
  /** How long a call waits for its answer, the first connection included. Default `'1s'`. */
  readonly commandTimeout?: Duration
  /** Send commands of the same turn of the event loop together. Default true. */
  readonly autoPipelining?: boolean
  /** How many connections blocking commands may use; further callers queue for them. Default 8. */
  readonly blockingConnections?: number
  /** How many calls may wait for answers; further ones fail at once with `UNAVAILABLE`. Default 100000. */
  readonly maxPending?: number
  /**
   * How the server tells what others change, so that near copies can be trusted: `'tracking'` by client tracking,
   * `'keyspace'` by keyspace notifications, which must be switched on there, `'none'` not at all: near copies then live
   * for `nearTtl`. Where the server refuses, near copies are not used, and the client's event says why. Default `'tracking'`.
   */
  readonly invalidations?: InvalidationSource
  /** Changes are told, and calls allowed, of keys that begin with one of these only. Default: all keys. */
  readonly prefixes?: readonly string[]
  /**
   * How often the server that tells of changes must show that it is there; after twice as long without a sign, near copies
   * are no longer used. Default `'500ms'`.
   */
  readonly heartbeat?: Duration
}

/** How a server tells of changes. */
export type InvalidationSource = 'tracking' | 'keyspace' | 'none'

/** The options with every value there and checked. */
export interface Settings {
  readonly name: string
  readonly commandTimeout: number
  readonly autoPipelining: boolean
  readonly blockingConnections: number
  readonly maxPending: number
  readonly invalidations: InvalidationSource
  readonly prefixes: readonly string[]
  readonly heartbeat: number
}

/** @throws CacheError `INVALID_ARGUMENT` for an option that is not known or not of its kind. */
export function settingsOf(options: RedisDriverOptions): Settings {
  const {
    name = 'redis',
    commandTimeout = '1s',
    autoPipelining = true,
    blockingConnections = 8,
    maxPending = 100_000,
    invalidations = 'tracking',
    prefixes = [],
    heartbeat = '500ms',
  } = options
  const settings = {
    name,
    commandTimeout: milliseconds(commandTimeout),
    autoPipelining,
    blockingConnections,
    maxPending,
    invalidations,
    prefixes: leastPrefixes(prefixes),
    heartbeat: milliseconds(heartbeat),
  }
  for (const option of Object.keys(options)) {
    if (!Object.hasOwn(settings, option)) {
      throw refuse(`has the options ${Object.keys(settings).join(', ')}, not ${JSON.stringify(option)}`)
    }
  }
  if (settings.commandTimeout < 1) throw refuse('wants a commandTimeout above zero')
  if (settings.heartbeat < 10) throw refuse('wants a heartbeat of at least 10 ms')
  if (!['tracking', 'keyspace', 'none'].includes(invalidations))
    throw refuse("wants 'tracking', 'keyspace' or 'none' for invalidations")
  if (typeof name !== 'string' || name === '') throw refuse('wants a name')
  if (typeof autoPipelining !== 'boolean') throw refuse('wants true or false for autoPipelining')
  for (const [option, value] of Object.entries({ blockingConnections, maxPending })) {
    if (!Number.isSafeInteger(value) || value < 1) throw refuse(`wants a count above zero for ${option}`)
  }
  return settings
}

/** The prefixes without those that others cover, which the server refuses. */
function leastPrefixes(prefixes: readonly string[]): readonly string[] {
  if (!Array.isArray(prefixes) || !prefixes.every((prefix) => typeof prefix === 'string'))
    throw refuse('wants a list of texts for prefixes')
  const least: string[] = []
  for (const prefix of [...prefixes].sort())
    if (!least.some((shorter) => prefix.startsWith(shorter))) least.push(prefix)
  return least[0] === '' ? [] : least
}

/** An error on what `redis` was called with. It never shows a connection: that may hold a password. */
export function refuse(wanted: string): CacheError {
  return new CacheError('INVALID_ARGUMENT', `redis ${wanted}`)
}
