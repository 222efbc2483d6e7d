import type { Redis, RedisOptions } from 'ioredis'
import type { Writer } from './writer.ts'

/** One server that calls of the tier are sent to. */
export interface Primary {
  /** `host:port` of the server, or the path of its socket. */
  readonly address: string
  /** The tier's own connection to it, on which calls are sent; it may come to another server by the same address. */
  readonly calls: Redis
  /** Asks it on that connection, in line with the calls. */
  ask(word: string, words: string[]): Promise<unknown>
  /**
   * A connection of the caller's own to it, as the tier's but for these options, which has not begun to connect. The
   * caller listens to its errors and ends it. By sentinels or a name it may reach another server, see `reached`.
   */
  connect(options: RedisOptions): Redis
  /** Whether a connection made by `connect`, which is ready, has reached this very server. */
  reached(client: Redis): boolean
}

/**
 * The servers that calls of the tier are sent to: one, or the primaries of a cluster. A server stays the same object for
 * as long as calls are sent to it, also while it is not connected.
 */
export interface Primaries {
  /** The servers now; none before the first connection. */
  current(): readonly Primary[]
  /**
   * Calls the listener after each change of `current`: a node came or went, or sentinels or a name led elsewhere. It is
   * called before the first call is sent to a server that is new. Answers the function that ends it.
   */
  watch(listener: () => void): () => void
}

/** A connection on which calls are sent. */
interface Calls {
  readonly client: Redis
  readonly write: Writer
}

/** The one server of a client: whichever it has reached last. */
export function primaryOf(calls: Calls): Primaries {
  const { client } = calls
  const listeners = new Set<() => void>()
  let known: readonly Primary[] = []

  const look = () => {
    const address = addressOf(client)
    if (client.status !== 'ready' || address === undefined || known[0]?.address === address) return known
    known = [primaryAt(address, calls, addressOf)]
    return known
  }
  const ready = () => {
    const before = known
    if (look() !== before) for (const listener of listeners) listener()
  }

  return {
    current: look,
    watch: (listener) => {
      // A client of the user's keeps no listener of ours when nobody watches. First, as calls are sent on `ready` too.
      if (listeners.size === 0) client.prependListener('ready', ready)
      look()
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) client.off('ready', ready)
      }
    },
  }
}

/** The server with the address, that calls on this connection are sent to; `placeOf` tells the address of another connection. */
export function primaryAt(
  address: string,
  { client, write }: Calls,
  placeOf: (client: Redis) => string | undefined,
): Primary {
  return {
    address,
    calls: client,
    ask: (word, words) => write(word, words).promise,
    connect: (options) => client.duplicate({ ...options, lazyConnect: true }),
    reached: (other) => placeOf(other) === address,
  }
}

/** The server at the other end of the connection. */
export function addressOf({ options, stream }: Redis): string | undefined {
  if (options.path) return options.path
  if (!stream || !('remoteAddress' in stream) || stream.remoteAddress === undefined) return undefined
  return `${stream.remoteAddress}:${stream.remotePort}`
}
