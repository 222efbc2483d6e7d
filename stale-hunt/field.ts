import { Redis } from 'ioredis'
import { keySlot } from '../packages/redis/src/key-slot.ts'
import { startCluster } from '../scripts/servers/cluster.ts'
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
  /** Moves the slot of the key to another server of the cluster. */
  readonly move?: (key: string, place: Place) => Promise<void>
  stop(): Promise<void>
}

export async function startField(isCluster: boolean): Promise<Field> {
  const args = ['--maxmemory-policy', 'volatile-lru']
  const cluster = isCluster ? await startCluster({ args, fetch: true }) : undefined
  const servers = cluster?.nodes ?? [await startRedis({ args, fetch: true })]
  const places = servers.map((server) => ({ server, control: new Redis(server.url) }))
  return {
    urls: servers.map(({ url }) => url).join(),
    places,
    ...(cluster && { move: (key: string, { server }: Place) => cluster.moveSlot(keySlot(key), server) }),
    stop: async () => {
      for (const { control } of places) control.disconnect()
      await (cluster ? cluster.stop() : servers[0]?.stop())
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
