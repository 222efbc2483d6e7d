import { redis } from '@jcache/redis'
import { Redis } from 'ioredis'
import { type RedisOptions, startRedis } from '../scripts/servers/redis.ts'
import type { Call } from './call.ts'
import type { Whole } from './pair.ts'

/** The server that says what is right. */
export interface Judge {
  readonly driver: Whole
  /** Which server it is, with its version. */
  readonly description: string
  /** Whether it does with the call what Redis does on a machine of 64 bits. */
  knows(call: Call): boolean
  stop(): Promise<void>
}

/** Starts a server of its own: all of its keys will be removed, again and again. */
export async function startJudge(options: RedisOptions = {}): Promise<Judge> {
  const server = await startRedis({ fetch: true, ...options })
  const { entries, ...driver } = redis(server.url, { commandTimeout: '1m' })
  if (!entries) throw new Error('the redis driver moves no whole keys')
  const info = await informationOf(server.url)
  const isSmall = info('arch_bits') === '32'
  return {
    driver: { ...driver, entries },
    description: `${info('server_name') ?? 'redis'} ${info('valkey_version') ?? info('redis_version')}${isSmall ? ' of 32 bits' : ''}, ${server.description}`,
    knows: isSmall ? isSmallCall : () => true,
    stop: async () => {
      await driver.close?.()
      await server.stop()
    },
  }
}

/** What the server tells of itself. */
async function informationOf(url: string): Promise<(name: string) => string | undefined> {
  const client = new Redis(url)
  const lines = (await client.info('server')).split('\r\n')
  client.disconnect()
  return (name) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1)
}

/** Indexes and counts are of 32 bits there, and its long doubles are others. */
function isSmallCall({ name, args }: Call): boolean {
  return !name.endsWith('incrbyfloat') && args.every(isSmall)
}

function isSmall(arg: unknown): boolean {
  if (typeof arg === 'number') return Math.abs(arg) < 2 ** 31
  return Array.isArray(arg)
    ? arg.every(isSmall)
    : typeof arg !== 'object' || arg === null || Object.values(arg).every(isSmall)
}
