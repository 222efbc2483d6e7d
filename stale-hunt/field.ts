import { Redis } from 'ioredis'
import { keySlot } from '../packages/redis/src/key-slot.ts'
import { startCluster } from '../scripts/servers/cluster.ts'
import { type Proxy as Network, startProxy } from '../scripts/servers/proxy.ts'
import { startRedis } from '../scripts/servers/redis.ts'
import type { RedisServer } from '../scripts/servers/redis-server.ts'

/** A server, and a connection to it that nothing befalls. */
export interface Place {
  readonly server: RedisServer
  readonly control: Redis
}

/** Where the hunt takes place: one server, or the primaries of a cluster. */
export interface Field {
  /** As `redis` takes them, joined by commas. */
  readonly urls: string
  readonly places: readonly Place[]
  /** What lies between each reader and the server; of a cluster nothing, as its nodes tell where they are. */
  readonly networks: readonly Network[]
  /** As `urls`, for the reader of this number. */
  readonly urlsOf: (reader: number) => string
  /** Moves the slot of the key to another server of the cluster. */
  readonly move?: (key: string, place: Place) => Promise<void>
  stop(): Promise<void>
}

export async function startField(isCluster: boolean, readers: number): Promise<Field> {
  const args = [
    '--maxmemory-policy',
    'volatile-lru',
    '--notify-keyspace-events',
    process.env['STALE_HUNT_KEYSPACE'] ? 'KA' : '',
  ]
  const cluster = isCluster ? await startCluster({ args, fetch: true }) : undefined
  const servers = cluster?.nodes ?? [await startRedis({ args, fetch: true })]
  const places = servers.map((server) => ({ server, control: new Redis(server.url) }))
  const [first] = servers
  const networks =
    cluster || !first ? [] : await Promise.all(Array.from({ length: readers }, () => startProxy(first.port)))
  const urls = servers.map(({ url }) => url).join()
  return {
    urls,
    places,
    networks,
    urlsOf: (reader) => {
      const network = networks[reader]
      return network ? `redis://127.0.0.1:${network.port}` : urls
    },
    ...(cluster && { move: (key: string, { server }: Place) => cluster.moveSlot(keySlot(key), server) }),
    stop: async () => {
      for (const { control } of places) control.disconnect()
      await Promise.all(networks.map((network) => network.stop()))
      await (cluster ?? first)?.stop()
    },
  }
}

/** Sets a key that the server has, of a name that begins so; answers its name. */
export async function mark({ control }: Place, name: string): Promise<string> {
  for (let at = 0; ; at++) {
    const key = `mark ${name} ${at}`
    try {
      await control.set(key, 'here', 'PX', 10_000)
      return key
    } catch (error) {
      // It belongs to another server.
      if (!String(error).includes('MOVED')) throw error
    }
  }
}
