import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Driver, Invalidation } from '@jcache/driver'
import { Redis } from 'ioredis'
import { onTestFinished, vi } from 'vitest'
import { type RedisOptions, startRedis } from '../../../scripts/servers/redis.ts'
import type { RedisServer } from '../../../scripts/servers/redis-server.ts'
import { type RedisConnection, type RedisDriverOptions, redis } from './index.ts'

/** A server of the test's own, and somebody else who writes there. */
export async function ownServer(options?: RedisOptions): Promise<{ server: RedisServer; foreign: Redis }> {
  const server = await startRedis(options)
  onTestFinished(() => server.stop())
  return { server, foreign: foreigner(server.url) }
}

/** Somebody else, with a connection of their own that waits for the server as long as it takes. */
export function foreigner(url: string): Redis {
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 20 })
  client.on('error', () => {})
  onTestFinished(() => client.disconnect())
  return client
}

/** A tier that ends with the test. */
export function tier(connection: RedisConnection, options?: RedisDriverOptions): ReturnType<typeof redis> {
  const driver = redis(connection, options)
  onTestFinished(() => driver.close?.())
  return driver
}

/** What a subscriber was told. */
export interface Told {
  readonly all: Invalidation[]
  /** The names of the keys, in order; `*` for all. */
  readonly keys: () => readonly string[]
  /** How often it became live, or was lost. */
  readonly count: (kind: 'live' | 'lost') => number
  /** Waits until it has been live for the n-th time. */
  readonly live: (times?: number) => Promise<void>
  /** Waits until it was lost, and answers the cause of the last time. */
  readonly lost: (times?: number) => Promise<unknown>
  /** Waits until these keys, or `*`, were told. */
  readonly hears: (...keys: readonly string[]) => Promise<void>
  readonly unsubscribe: () => void
}

const WAIT = { timeout: 20_000, interval: 5 }

export function listen(driver: Driver): Told {
  const all: Invalidation[] = []
  const unsubscribe = driver.invalidations?.((told) => void all.push(told)) ?? (() => {})
  onTestFinished(unsubscribe)
  const keys = () =>
    all.flatMap((told) => (told.kind === 'keys' ? told.keys : told.kind === 'all' ? ['*'] : []))
  const count = (kind: string) => all.filter((told) => told.kind === kind).length
  const until = (says: string, condition: () => boolean) =>
    vi.waitFor(() => {
      if (!condition()) throw new Error(`never ${says}, but ${JSON.stringify(all.slice(-5))}`)
    }, WAIT)
  return {
    all,
    keys,
    count,
    live: (times = 1) => until(`live ${times} times`, () => count('live') >= times),
    lost: async (times = 1) => {
      await until(`lost ${times} times`, () => count('lost') >= times)
      return all.flatMap((told) => (told.kind === 'lost' ? [told.cause] : [])).at(-1)
    },
    hears: (...wanted) =>
      until(`told ${wanted.join(' ')}`, () => wanted.every((key) => keys().includes(key))),
    unsubscribe,
  }
}

/** The server's numbers of the connections on which it tells. */
export async function listeningConnections(foreign: Redis): Promise<string[]> {
  const list = String(await foreign.call('CLIENT', ['LIST']))
  return list
    .split('\n')
    .filter((line) => /\bp?sub=[1-9]/.test(line))
    .map((line) => /\bid=(\d+)/.exec(line)?.[1] ?? '')
}

/** One address that leads to the server of port `to`, as a balancer's does. */
export interface Balancer {
  readonly port: number
  to: number
  /** Cuts the connection that was made as the n-th. */
  readonly cut: (at: number) => void
}

export async function balancer(to: number): Promise<Balancer> {
  const sockets: Socket[] = []
  const found = { port: 0, to, cut: (at: number) => void sockets[at]?.destroy() }
  const server = createServer((socket) => {
    const onward = connect(found.to, '127.0.0.1')
    sockets.push(socket)
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      one.pipe(other)
      one.on('error', () => {})
      one.on('close', () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  found.port = (server.address() as AddressInfo).port
  return found
}
