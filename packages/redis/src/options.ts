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
}

/** The options with every value there and checked. */
export interface Settings {
  readonly name: string
  readonly commandTimeout: number
  readonly autoPipelining: boolean
  readonly blockingConnections: number
  readonly maxPending: number
}

/** @throws CacheError `INVALID_ARGUMENT` for an option that is not known or not of its kind. */
export function settingsOf(options: RedisDriverOptions): Settings {
  const {
    name = 'redis',
    commandTimeout = '1s',
    autoPipelining = true,
    blockingConnections = 8,
    maxPending = 100_000,
  } = options
  const settings = {
    name,
    commandTimeout: milliseconds(commandTimeout),
    autoPipelining,
    blockingConnections,
    maxPending,
  }
  for (const option of Object.keys(options)) {
    if (!Object.hasOwn(settings, option)) {
      throw refuse(`has the options ${Object.keys(settings).join(', ')}, not ${JSON.stringify(option)}`)
    }
  }
  if (settings.commandTimeout < 1) throw refuse('wants a commandTimeout above zero')
  if (typeof name !== 'string' || name === '') throw refuse('wants a name')
  if (typeof autoPipelining !== 'boolean') throw refuse('wants true or false for autoPipelining')
  for (const [option, value] of Object.entries({ blockingConnections, maxPending })) {
    if (!Number.isSafeInteger(value) || value < 1) throw refuse(`wants a count above zero for ${option}`)
  }
  return settings
}

/** An error on what `redis` was called with. It never shows a connection: that may hold a password. */
export function refuse(wanted: string): CacheError {
  return new CacheError('INVALID_ARGUMENT', `redis ${wanted}`)
}
