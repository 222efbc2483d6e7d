import { ask } from './cluster.ts'
import { startRedis } from './redis.ts'
import type { RedisServer } from './redis-server.ts'
import { untilTrue } from './until-true.ts'

export interface RedisSentinels {
  /** What the sentinels call the set. */
  readonly name: string
  readonly sentinels: readonly { readonly host: string; readonly port: number }[]
  /** The servers: one primary and two replicas, whichever they are. */
  readonly servers: readonly RedisServer[]
  /** The server that the sentinels hold for the primary. */
  primary(): Promise<RedisServer>
  /** Has a replica take over, and resolves when all sentinels say so. A primary that does not answer may be `lost`. */
  failover(lost?: boolean): Promise<RedisServer>
  stop(): Promise<void>
}

export interface SentinelOptions {
  /** Where no server is on PATH, get one from the distribution's packages. Default: false. */
  readonly fetch?: boolean
  /** What the servers, not the sentinels, want of their callers. */
  readonly password?: string
  /** What the sentinels want of theirs. */
  readonly sentinelPassword?: string
}

/** A primary with two replicas under three sentinels, which give up a server after a second. */
export async function startSentinels(options: SentinelOptions = {}): Promise<RedisSentinels> {
  const { fetch = false, password = '', sentinelPassword = '' } = options
  const name = 'jcache'
  const started: RedisServer[] = []
  const start = async (more: { args?: string[]; sentinel?: string }, secret: string) => {
    const server = await startRedis({ fetch, ...more })
    started.push(server)
    return secret ? { ...server, url: server.url.replace('//', `//:${secret}@`) } : server
  }
  const common = [
    ...(password ? ['--requirepass', password, '--masterauth', password] : []),
    ...['--repl-diskless-sync-delay', '0'],
  ]
  const stop = async () => void (await Promise.all(started.map((each) => each.stop())))

  try {
    const first = await start({ args: common }, password)
    const follow = () =>
      start({ args: [...common, '--replicaof', '127.0.0.1', String(first.port)] }, password)
    const servers = [first, await follow(), await follow()]
    await untilTrue(async () => {
      const text = String(await ask(first, 'INFO', 'replication'))
      return text.split('state=online').length === 3
    }, 'both replicas are online')
    const watchers: RedisServer[] = []
    for (let at = 0; at < 3; at++)
      watchers.push(await start({ sentinel: configuration(name, servers, options) }, sentinelPassword))

    const primaries = async () =>
      Promise.all(
        watchers.map(async (each) => {
          const [, port] = (await ask(each, 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name)) as string[]
          return servers.find((server) => server.port === Number(port))
        }),
      )
    const primary = async () => {
      const [found] = await primaries()
      if (!found) throw new Error('The sentinels name no primary of ours.')
      return found
    }
    await untilTrue(async () => {
      const known = await Promise.all(watchers.map((each) => ask(each, 'SENTINEL', 'MASTER', name)))
      return known.every((each) => {
        const facts = each as string[]
        const fact = (field: string) => facts[facts.indexOf(field) + 1]
        return fact('num-slaves') === '2' && fact('num-other-sentinels') === '2'
      })
    }, 'the sentinels know each other and the servers')

    return {
      name,
      sentinels: watchers.map(({ port }) => ({ host: '127.0.0.1', port })),
      servers,
      primary,
      failover: async (lost = false) => {
        const before = await primary()
        if (!lost)
          // A sentinel refuses until it has heard of the replicas' state.
          await untilTrue(
            async () => (await ask(watchers[0] ?? before, 'SENTINEL', 'FAILOVER', name)) === 'OK',
            'a sentinel starts the failover',
          )
        await untilTrue(async () => {
          const found = await primaries()
          return found.every((each) => each !== undefined && each !== before && each === found[0])
        }, 'the sentinels agree on a new primary')
        return primary()
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function configuration(
  name: string,
  [first, ...replicas]: readonly RedisServer[],
  { password, sentinelPassword }: SentinelOptions,
): string {
  return [
    `sentinel monitor ${name} 127.0.0.1 ${first?.port} 2`,
    ...replicas.map(({ port }) => `sentinel known-replica ${name} 127.0.0.1 ${port}`),
    `sentinel down-after-milliseconds ${name} 1000`,
    `sentinel failover-timeout ${name} 3000`,
    `sentinel parallel-syncs ${name} 2`,
    ...(password ? [`sentinel auth-pass ${name} ${password}`] : []),
    ...(sentinelPassword
      ? [`requirepass ${sentinelPassword}`, `sentinel sentinel-pass ${sentinelPassword}`]
      : []),
    '',
  ].join('\n')
}
