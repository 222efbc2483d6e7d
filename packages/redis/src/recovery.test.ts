import { type Commands, codeOf, type DriverCommands } from '@jcache/driver'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { ask } from '../../../scripts/servers/cluster.ts'
import { startProxy } from '../../../scripts/servers/proxy.ts'
import { startRedis } from '../../../scripts/servers/redis.ts'
import type { RedisServer } from '../../../scripts/servers/redis-server.ts'
import { untilTrue } from '../../../scripts/servers/until-true.ts'
import { redis } from './index.ts'

const rejections = vi.fn()
process.on('unhandledRejection', rejections)
afterEach(() => expect(rejections).not.toHaveBeenCalled())

/** How a server fails, by what code and word callers learn it, and how it is well again. */
interface Failure {
  readonly breaks: (server: RedisServer) => unknown
  readonly codes: readonly string[]
  readonly says?: string
  readonly mends: (server: RedisServer) => unknown
}

const failures: Readonly<Record<string, Failure>> = {
  'refuses connections': {
    breaks: (server) => server.kill(),
    codes: ['UNAVAILABLE'],
    mends: (server) => server.restart(),
  },
  'is frozen': {
    breaks: (server) => server.pause(),
    codes: ['TIMEOUT', 'UNAVAILABLE'],
    mends: (server) => server.resume(),
  },
  'has no memory left': {
    breaks: (server) => ask(server, 'CONFIG', 'SET', 'maxmemory', '1'),
    codes: ['UNAVAILABLE'],
    says: 'OOM',
    mends: (server) => ask(server, 'CONFIG', 'SET', 'maxmemory', '0'),
  },
  'has become a replica': {
    breaks: (server) => ask(server, 'REPLICAOF', '127.0.0.1', '1'),
    codes: ['UNAVAILABLE'],
    says: 'READONLY',
    mends: (server) => ask(server, 'REPLICAOF', 'NO', 'ONE'),
  },
  'wants a password': {
    breaks: async (server) => {
      await ask(server, 'CONFIG', 'SET', 'requirepass', 's3cret')
      await ask({ url: server.url.replace('//', '//:s3cret@') }, 'CLIENT', 'KILL', 'TYPE', 'normal')
    },
    codes: ['UNAVAILABLE'],
    says: 'NOAUTH',
    mends: (server) =>
      ask({ url: server.url.replace('//', '//:s3cret@') }, 'CONFIG', 'SET', 'requirepass', ''),
  },
}

const failureOf = async (commands: DriverCommands<Commands>) => {
  const start = performance.now()
  const error = await Promise.resolve(commands.set('k', 'v')).then(
    () => undefined,
    (error: unknown) => error,
  )
  return { error, ms: performance.now() - start }
}

describe('T5: a server that', () => {
  test.each(Object.entries(failures))(
    '%s: every call ends in bounded time with a code, and calls succeed once it is well',
    async (_, failure) => {
      const server = await startRedis()
      onTestFinished(() => server.stop())
      const driver = redis(server.url, { commandTimeout: '500ms' })
      onTestFinished(() => driver.close?.())
      const { commands } = driver
      await commands.set('k', 'v')
      await failure.breaks(server)
      for (let attempt = 0; attempt < 5; attempt++) {
        const { error, ms } = await failureOf(commands)
        expect(failure.codes).toContain(codeOf(error))
        expect(ms).toBeLessThan(2_500)
      }
      const { says = '' } = failure
      await untilTrue(async () => String((await failureOf(commands)).error).includes(says), `it says ${says}`)
      await failure.mends(server)
      await untilTrue(async () => (await commands.set('k', 'again')) === true, 'calls succeed')
      expect(await commands.get('k')).toBe('again')
    },
    20_000,
  )
})

describe('T5: a name', () => {
  test('that leads to a replica is looked up again, but not for every call', async () => {
    const server = await startRedis()
    onTestFinished(() => server.stop())
    const driver = redis({ host: 'localhost', family: 4, port: server.port }, { commandTimeout: '2s' })
    onTestFinished(() => driver.close?.())
    const { commands } = driver
    await commands.set('k', 'v')
    await ask(server, 'REPLICAOF', '127.0.0.1', '1')
    const made = async () =>
      Number(/connections_received:(\d+)/.exec(String(await ask(server, 'INFO', 'stats')))?.[1])
    const before = await made()
    for (let attempt = 0; attempt < 20; attempt++) {
      const { error } = await failureOf(commands)
      expect(codeOf(error)).toBe('UNAVAILABLE')
      expect(String(error)).toContain('READONLY')
    }
    // The question itself, and the look.
    expect((await made()) - before).toBe(2)
    expect(await commands.get('k')).toBe('v')
    await ask(server, 'REPLICAOF', 'NO', 'ONE')
    expect(await commands.set('k', 'again')).toBe(true)
  }, 20_000)
})

describe('T5: a network that', () => {
  async function behindProxy() {
    const server = await startRedis()
    const proxy = await startProxy(server.port)
    const driver = redis(`redis://127.0.0.1:${proxy.port}`, { commandTimeout: '300ms' })
    onTestFinished(async () => {
      await driver.close?.()
      await proxy.stop()
      await server.stop()
    })
    await driver.commands.set('k', '0')
    return { proxy, driver, commands: driver.commands }
  }

  test('is slow: calls fail in time, and answers that come late are answers to nobody else', async () => {
    const { proxy, commands } = await behindProxy()
    proxy.delay(400)
    const late = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        Promise.resolve(commands.get(at % 2 ? 'k' : 'none')).then(
          () => 'answered',
          (error: unknown) => codeOf(error),
        ),
      ),
    )
    expect(new Set(late)).toEqual(new Set(['TIMEOUT']))
    proxy.delay(0)
    await untilTrue(async () => (await commands.get('k')) === '0', 'calls succeed')
    for (let at = 1; at <= 50; at++) {
      await commands.set('k', String(at))
      expect(await Promise.all([commands.get('none'), commands.get('k')])).toEqual([null, String(at)])
    }
  }, 20_000)

  test('is parted: waits and calls end in time', async () => {
    const { proxy, commands } = await behindProxy()
    const waiting = Promise.resolve(commands.blpop(['list'], 300)).catch(codeOf)
    await commands.get('k')
    proxy.freeze()
    expect(codeOf((await failureOf(commands)).error)).toBe('TIMEOUT')
    expect(['TIMEOUT', 'UNAVAILABLE']).toContain(await waiting)
    await vi.waitFor(async () => expect((await failureOf(commands)).ms).toBeLessThan(100), 10_000)
    proxy.thaw()
    await untilTrue(async () => (await commands.set('k', 'again')) === true, 'calls succeed')
  }, 20_000)
})

describe('R1: your own client', () => {
  test('sends what you and the tier send in one turn in its order', async () => {
    const client = new Redis(inject('redisUrl'))
    onTestFinished(() => client.disconnect())
    const driver = redis(client)
    const { commands } = driver
    const key = `recovery:${process.pid}`
    await commands.set(key, 'tier')
    await client.set(`${key}:yours`, 'yours')
    for (let round = 0; round < 20; round++) {
      const calls = [
        commands.get(key),
        client.get(`${key}:yours`),
        commands.get(`${key}:none`),
        client.multi().get(`${key}:yours`).exec(),
        commands.get(key),
      ]
      expect(await Promise.all(calls)).toEqual(['tier', 'yours', null, [[null, 'yours']], 'tier'])
    }
    await driver.close?.()
  })
})
