import { redis } from '@jcache/redis'
import { Redis } from 'ioredis'
import { type RedisOptions, startRedis } from '../scripts/servers/redis.ts'
import type { Whole } from './pair.ts'

/** The server that says what is right. */
export interface Judge {
  readonly driver: Whole
  /** Which server it is, with its version. */
  readonly description: string
  stop(): Promise<void>
}

/** Starts a server of its own: all of its keys will be removed, again and again. */
export async function startJudge(options: RedisOptions = {}): Promise<Judge> {
  const server = await startRedis({ fetch: true, ...options })
  const { entries, ...driver } = redis(server.url, { commandTimeout: '1m' })
  if (!entries) throw new Error('the redis driver moves no whole keys')
  return {
    driver: { ...driver, entries },
    description: `${await versionOf(server.url)}, ${server.description}`,
    stop: async () => {
      await driver.close?.()
      await server.stop()
    },
  }
}

async function versionOf(url: string): Promise<string> {
  const client = new Redis(url)
  const info = await client.info('server')
  client.disconnect()
  // Valkey also tells the version of Redis that it comes from.
  const [, name = 'a server', version = 'without version'] =
    /^(valkey)_version:(.*)\r$/m.exec(info) ?? /^(redis)_version:(.*)\r$/m.exec(info) ?? []
  return `${name} ${version}`
}
