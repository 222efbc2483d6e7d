import { codeOf } from '@jcache/driver'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { freePort } from '../../../scripts/servers/port.ts'
import { startRedis } from '../../../scripts/servers/redis.ts'
import { type RedisConnection, type RedisDriverOptions, redis } from './index.ts'

function tier(connection: RedisConnection, options?: RedisDriverOptions) {
  const driver = redis(connection, options)
  onTestFinished(() => driver.close?.())
  return driver
}

/** A server of the test's own, after the commands given. */
async function ownServer(...commands: readonly (readonly [string, ...string[]])[]) {
  const server = await startRedis()
  onTestFinished(() => server.stop())
  const client = new Redis(server.url)
  for (const [word, ...words] of commands) await client.call(word, words)
  client.disconnect()
  return server
}

/** What the call failed with, everything that it says about itself, and after how many milliseconds. */
async function failureOf(call: unknown) {
  const start = performance.now()
  try {
    await call
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    const said = [error, cause].map((each) =>
      each instanceof Error ? `${each.stack} ${JSON.stringify(each)}` : '',
    )
    return { code: codeOf(error), text: said.join('\n'), cause, ms: performance.now() - start }
  }
  throw new Error('the call did not fail')
}

const rejections = vi.fn()
process.on('unhandledRejection', rejections)
afterEach(() => expect(rejections).not.toHaveBeenCalled())

describe('T5: unavailable is not a miss, and fails fast', () => {
  test('the first calls wait for the connection', async () => {
    const { commands } = tier(inject('redisUrl'))
    expect(
      await Promise.all([commands.set('connection:first', 'text'), commands.get('connection:first')]),
    ).toEqual([true, 'text'])
  })

  test('a refused port', async () => {
    const { commands, entries } = tier(`redis://127.0.0.1:${await freePort()}`)
    const first = await failureOf(commands.get('k'))
    expect(first).toMatchObject({ code: 'UNAVAILABLE', text: expect.stringContaining('get "k"') })
    expect(first.text).toContain('ECONNREFUSED')
    expect(first.cause).toMatchObject({ code: 'ECONNREFUSED' })
    for (const call of [
      () => commands.set('k', 'v'),
      () => commands.blpop(['k'], 0),
      () => entries?.dump('k', 100),
      () => entries?.load('k', { type: 'set', value: ['a'], expiresAt: null }),
    ]) {
      const { code, ms } = await failureOf(call())
      expect(code).toBe('UNAVAILABLE')
      expect(ms).toBeLessThan(200)
    }
  })

  test('a server that is frozen', async () => {
    const server = await ownServer()
    const { commands } = tier(server.url, { commandTimeout: 200 })
    await commands.set('k', 'v')
    server.pause()
    expect(await failureOf(commands.get('k'))).toMatchObject({ code: 'TIMEOUT' })
    expect((await failureOf(commands.blpop(['list'], 50))).ms).toBeLessThan(1_000)
    // The connection is given up then, and calls fail at once.
    await vi.waitFor(async () => expect((await failureOf(commands.get('k'))).ms).toBeLessThan(20), 5_000)
    expect(await failureOf(commands.get('k'))).toMatchObject({ code: 'UNAVAILABLE' })
    server.resume()
    await vi.waitFor(async () => expect(await commands.get('k')).toBe('v'), 5_000)
  })

  test('a server that is frozen before the first connection', async () => {
    const server = await ownServer()
    server.pause()
    const { commands } = tier(server.url, { commandTimeout: 100 })
    // It was never sent, so that its outcome is known.
    expect(await failureOf(commands.set('k', 'v'))).toMatchObject({ code: 'UNAVAILABLE' })
  })

  test('a server that is killed during a call, and comes back', async () => {
    const server = await ownServer()
    const { commands } = tier(server.url)
    await commands.set('k', 'v')
    server.pause()
    const lost = failureOf(commands.incrby('counter', 1))
    const waiting = failureOf(commands.blpop(['list'], 0))
    await server.kill()
    expect(await lost).toMatchObject({ code: 'UNAVAILABLE' })
    expect(await waiting).toMatchObject({ code: 'UNAVAILABLE' })
    expect((await failureOf(commands.get('k'))).ms).toBeLessThan(200)

    await server.restart()
    await vi.waitFor(async () => expect(await commands.get('k')).toBe(null), 5_000)
    // What was lost is not sent again.
    expect(await commands.get('counter')).toBe(null)
    await commands.rpush('list', 'a')
    expect(await commands.blpop(['list'], 1_000)).toEqual(['list', 'a'])
  })

  test('no more calls wait than maxPending', async () => {
    const server = await ownServer()
    const { commands } = tier(server.url, { maxPending: 3, commandTimeout: 300 })
    await commands.set('k', 'v')
    server.pause()
    const calls = [1, 2, 3].map(() => failureOf(commands.get('k')))
    const fourth = await failureOf(commands.get('k'))
    expect(fourth).toMatchObject({ code: 'UNAVAILABLE', text: expect.stringContaining('maxPending') })
    expect(fourth.ms).toBeLessThan(100)
    for (const call of calls) expect((await call).code).toBe('TIMEOUT')
  })
})

describe('R5: refusals have a code, and show no password', () => {
  test('a wrong password', async () => {
    const server = await ownServer(['CONFIG', 'SET', 'requirepass', 'right'])
    const { commands } = tier(server.url.replace('//', '//:s3cret-but-wr0ng@'))
    for (let attempt = 0; attempt < 2; attempt++) {
      const { code, text } = await failureOf(commands.get('k'))
      expect(code).toBe('UNAVAILABLE')
      expect(text).toContain('WRONGPASS')
      expect(text).not.toContain('s3cret-but-wr0ng')
    }
    expect((await failureOf(commands.blpop(['k'], 0))).text).not.toContain('s3cret-but-wr0ng')
  })

  test('no password where one is wanted', async () => {
    const server = await ownServer(['CONFIG', 'SET', 'requirepass', 'right'])
    const { commands } = tier(server.url)
    expect(await failureOf(commands.get('k'))).toMatchObject({
      code: 'UNAVAILABLE',
      text: expect.stringContaining('NOAUTH'),
    })
  })

  test('a database that the server does not have', async () => {
    const server = await ownServer()
    const { commands } = tier(`${server.url}/99`)
    for (let attempt = 0; attempt < 2; attempt++)
      expect(await failureOf(commands.set('k', 'v'))).toMatchObject({
        code: 'UNAVAILABLE',
        text: expect.stringContaining('DB index is out of range'),
      })
  })

  test('a replica that refuses writes', async () => {
    const server = await ownServer(['REPLICAOF', '127.0.0.1', '1'])
    const { commands } = tier(server.url)
    expect(await failureOf(commands.set('k', 'v'))).toMatchObject({
      code: 'UNAVAILABLE',
      text: expect.stringContaining('READONLY'),
    })
    expect(await commands.get('k')).toBe(null)
  })

  test('a server without memory', async () => {
    const server = await ownServer(['CONFIG', 'SET', 'maxmemory', '1'])
    const { commands, entries } = tier(server.url)
    expect(await failureOf(commands.set('k', 'v'))).toMatchObject({
      code: 'UNAVAILABLE',
      text: expect.stringContaining('OOM'),
    })
    expect(
      await failureOf(entries?.load('k', { type: 'list', value: ['a'], expiresAt: null })),
    ).toMatchObject({ code: 'UNAVAILABLE' })
    expect(await commands.get('k')).toBe(null)
  })
})

describe('R1: connections', () => {
  test.each<[string, unknown, unknown?]>([
    ['no URL', 'localhost'],
    ['another protocol', 'http://:s3cret@host'],
    ['a URL that cannot be read', 'redis://:s3cret@host:port:80'],
    ['a database that is no number', 'redis://:s3cret@host/abc'],
    ['null', null],
    ['a prefix', { keyPrefix: 'p:', password: 's3cret' }],
    ['no name', { host: 'h' }, { name: '' }],
    ['an unknown option', { host: 'h' }, { timeout: 5 }],
    ['a timeout without unit', { host: 'h' }, { commandTimeout: '5' }],
    ['no timeout', { host: 'h' }, { commandTimeout: 0 }],
    ['no connections', { host: 'h' }, { blockingConnections: 0 }],
    ['half a call', { host: 'h' }, { maxPending: 0.5 }],
    ['a word for a flag', { host: 'h' }, { autoPipelining: 'no' }],
  ])('%s is an invalid argument', async (_, connection, options) => {
    const { code, text } = await failureOf(
      (async () => redis(connection as RedisConnection, options as RedisDriverOptions))(),
    )
    expect(code).toBe('INVALID_ARGUMENT')
    expect(text).not.toContain('s3cret')
  })

  test('options of ioredis', async () => {
    const { hostname, port, pathname } = new URL(inject('redisUrl'))
    const { commands } = tier({ host: hostname, port: Number(port), db: Number(pathname.slice(1)) })
    await commands.set('connection:options', 'text')
    expect(await commands.get('connection:options')).toBe('text')
  })

  test('your own client is used, and not closed', async () => {
    const client = new Redis(inject('redisUrl'), { lazyConnect: true })
    onTestFinished(() => client.disconnect())
    const listeners = client.eventNames().length
    const driver = tier(client)
    expect(await driver.commands.set('connection:own', 'text')).toBe(true)
    await driver.commands.rpush('connection:list', 'a')
    expect(await driver.commands.blpop(['connection:list'], 1_000)).toEqual(['connection:list', 'a'])
    const waiting = failureOf(driver.commands.blpop(['connection:list'], 0))
    await driver.close?.()
    expect((await waiting).code).toBe('CLOSED')
    expect((await failureOf(driver.commands.get('connection:own'))).code).toBe('CLOSED')
    expect(await client.get('connection:own')).toBe('text')
    expect(client.eventNames()).toHaveLength(listeners)
  })

  test('your own client keeps the bounds of a call', async () => {
    const server = await ownServer()
    const client = new Redis(server.url)
    onTestFinished(() => client.disconnect())
    const { commands } = tier(client, { commandTimeout: 100 })
    await commands.set('k', 'v')
    server.pause()
    const { code, ms } = await failureOf(commands.get('k'))
    expect(code).toBe('TIMEOUT')
    expect(ms).toBeLessThan(500)
  })

  test('commands go out together, or one by one', async () => {
    for (const autoPipelining of [true, false]) {
      const { commands } = tier(inject('redisUrl'), { autoPipelining })
      const keys = Array.from({ length: 100 }, (_, at) => `connection:many:${at}`)
      await Promise.all(keys.map((key) => commands.set(key, key)))
      expect(await Promise.all(keys.map((key) => commands.get(key)))).toEqual(keys)
    }
  })
})

describe('S2: close', () => {
  test('answers what was sent, and refuses what comes later', async () => {
    const driver = tier(inject('redisUrl'))
    await driver.commands.get('connection:closing')
    const sent = driver.commands.set('connection:closing', 'text')
    const closing = driver.close?.()
    expect((await failureOf(driver.commands.get('connection:closing'))).code).toBe('CLOSED')
    expect(await sent).toBe(true)
    await closing
    await driver.close?.()
    expect((await failureOf(driver.entries?.holds('connection:closing'))).code).toBe('CLOSED')
  })

  test('before the connection stands', async () => {
    const driver = tier(inject('redisUrl'))
    const first = failureOf(driver.commands.get('connection:closing'))
    await driver.close?.()
    expect((await first).code).toBe('CLOSED')
  })

  test('leaves nothing behind, in any state of the server', async () => {
    const before = process.getActiveResourcesInfo().filter((each) => each.startsWith('TCP')).length
    const server = await ownServer()
    const refused = redis(`redis://127.0.0.1:${await freePort()}`)
    const frozen = redis(server.url)
    const well = redis(inject('redisUrl'))
    await failureOf(refused.commands.get('k'))
    await well.commands.blpop(['connection:none'], 1)
    const waiting = failureOf(well.commands.blpop(['connection:none'], 0))
    await frozen.commands.get('k')
    server.pause()
    const lost = failureOf(frozen.commands.get('k'))
    const start = performance.now()
    await Promise.all([refused.close?.(), frozen.close?.(), well.close?.()])
    expect(performance.now() - start).toBeLessThan(2_000)
    expect((await waiting).code).toBe('CLOSED')
    expect(['TIMEOUT', 'CLOSED']).toContain((await lost).code)
    await vi.waitFor(() =>
      expect(process.getActiveResourcesInfo().filter((each) => each.startsWith('TCP'))).toHaveLength(before),
    )
  })
})
