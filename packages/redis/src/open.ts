import { Redis, type RedisOptions } from 'ioredis'
import { refuse, type Settings } from './options.ts'
import type { SentinelOptions, ServerOptions } from './redis-connection.ts'

/** What the tier decides of a connection, whatever options say. */
export function decided({ commandTimeout }: Settings): RedisOptions & { readonly replyMapping: 'legacy' } {
  return {
    autoResendUnfulfilledCommands: false,
    // How long a closed connection may linger, which keeps the process alive.
    disconnectTimeout: 100,
    enableAutoPipelining: false,
    maxRetriesPerRequest: 0,
    monitor: false,
    replyMapping: 'legacy',
    // A server that stays silent for so long is given up, so that what waits for it does not pile up.
    socketTimeout: 2 * commandTimeout,
    // As numbers, integers just below 2^53 come out wrong by one.
    stringNumbers: true,
  }
}

/**
 * A client of our own, not yet connecting, for one server or for what sentinels name. It never sends a call twice, keeps
 * none for later, and reconnects for ever.
 *
 * @throws CacheError `INVALID_ARGUMENT` for a connection that cannot be read.
 */
export function open(connection: string | ServerOptions | SentinelOptions, settings: Settings): Redis {
  const fixed = { ...decided(settings), enableOfflineQueue: false, lazyConnect: true } as const
  const given: RedisOptions = typeof connection === 'string' ? {} : (connection as RedisOptions)
  const patience = 2 * settings.commandTimeout
  const usual = {
    connectTimeout: patience,
    retryStrategy: backOff,
    sentinelCommandTimeout: patience,
    // Without it, the client would end for good when no sentinel answers once.
    sentinelRetryStrategy: (attempts: number) => backOff(attempts, 250),
  }
  const client = construct(connection, { ...usual, ...given, ...fixed })
  const { options } = client
  // What a URL says after the `?` comes before the options given, but not before these.
  Object.assign(options, fixed, {
    commandTimeout: undefined,
    retryStrategy: options.retryStrategy ?? backOff,
  })
  if (!Number.isSafeInteger(options.db)) throw refuse('wants the number of a database')
  if (options.role === 'slave') throw refuse('wants the primary, not a replica')
  return client
}

function construct(connection: unknown, options: RedisOptions & { replyMapping: 'legacy' }): Redis {
  if (typeof connection === 'object' && connection !== null) {
    const { sentinels, name } = options
    if (sentinels !== undefined && (!Array.isArray(sentinels) || sentinels.length === 0 || !name))
      throw refuse('wants addresses of sentinels, at least one, and the name by which they know the primary')
    return new Redis(options)
  }
  if (typeof connection !== 'string')
    throw refuse('wants a URL, several URLs of a cluster, options of ioredis, or a client of ioredis')
  if (!/^(rediss?:\/)?\//i.test(connection)) {
    throw refuse('wants a URL that begins with redis:// or rediss://, or the path of a socket')
  }
  try {
    return new Redis(connection, options)
  } catch {
    // Without its cause, which would show the URL and the password in it.
    throw refuse('wants a URL that can be read; special characters in a password are written as %40')
  }
}

/** Milliseconds until the next attempt to connect: doubled each time up to two seconds, then jittered. */
export function backOff(attempts: number, longest = 2_000): number {
  return Math.round(Math.min(25 * 2 ** attempts, longest) * (0.75 + Math.random() / 2))
}

/** @throws CacheError `INVALID_ARGUMENT` for options that would change keys or answers. */
export function checkOptions(options: object): void {
  const { keyPrefix, replyMapping } = options as RedisOptions
  if (keyPrefix) throw refuse('wants a client without keyPrefix: use prefixed() of @jcache/core')
  if (replyMapping === 'resp3') throw refuse("wants a client with replyMapping 'legacy'")
}
