import { Redis, type RedisOptions } from 'ioredis'
import { refuse, type Settings } from './options.ts'

/**
 * Where the server is: a URL (`redis://`, `rediss://`, or the path of a socket), options of ioredis,
 * or an ioredis client of yours, which is never closed here.
 */
export type RedisConnection = string | RedisOptions | Redis

/** Whether it is a client already. Told by what it can, as two copies of ioredis may be installed. */
export function isClient(connection: RedisConnection): connection is Redis {
  return typeof (connection as Partial<Redis> | null)?.call === 'function'
}

/**
 * A client of our own, not yet connecting. It never sends a call twice, keeps none for later, and reconnects for ever.
 *
 * @throws CacheError `INVALID_ARGUMENT` for a connection that cannot be read.
 */
export function open(connection: string | RedisOptions, settings: Settings): Redis {
  const fixed = {
    autoResendUnfulfilledCommands: false,
    // How long a closed connection may linger, which keeps the process alive.
    disconnectTimeout: 100,
    enableAutoPipelining: false,
    enableOfflineQueue: false,
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    replyMapping: 'legacy',
    // A server that stays silent for so long is given up, so that what waits for it does not pile up.
    socketTimeout: 2 * settings.commandTimeout,
    // As numbers, integers just below 2^53 come out wrong by one.
    stringNumbers: true,
  } as const
  const client = construct(connection, fixed)
  const { options } = client
  // What a URL says after the `?` comes before the options given, but not before these.
  Object.assign(options, fixed, { commandTimeout: undefined })
  if (typeof connection === 'string' || !connection.retryStrategy) options.retryStrategy = backOff
  if (!Number.isSafeInteger(options.db)) throw refuse('wants the number of a database')
  return client
}

function construct(
  connection: string | RedisOptions,
  fixed: RedisOptions & { replyMapping: 'legacy' },
): Redis {
  if (typeof connection === 'object' && connection !== null) return new Redis({ ...connection, ...fixed })
  if (typeof connection !== 'string') throw refuse('wants a URL, options of ioredis, or a client of ioredis')
  if (!/^(rediss?:\/)?\//i.test(connection)) {
    throw refuse('wants a URL that begins with redis:// or rediss://, or the path of a socket')
  }
  try {
    return new Redis(connection, fixed)
  } catch {
    // Without its cause, which would show the URL and the password in it.
    throw refuse('wants a URL that can be read; special characters in a password are written as %40')
  }
}

/** Milliseconds until the next attempt to connect: doubled each time up to two seconds, then jittered. */
export function backOff(attempts: number, longest = 2_000): number {
  return Math.min(25 * 2 ** attempts, longest) * (0.75 + Math.random() / 2)
}

/** @throws CacheError `INVALID_ARGUMENT` for a client whose options would change keys or answers. */
export function checkClient({ isCluster, options }: Redis): void {
  if (isCluster) throw refuse('wants a client of one server, not of a cluster')
  if (options.keyPrefix) throw refuse('wants a client without keyPrefix: use prefixed() of @jcache/core')
  if (options.replyMapping === 'resp3') throw refuse("wants a client with replyMapping 'legacy'")
}
