import { codeOf } from '@jcache/driver'
import { describe, expect, test, vi } from 'vitest'
import { listen, ownServer, tier } from './stream.fixture.ts'

const keyspace = { invalidations: 'keyspace', heartbeat: 50 } as const

async function notifying(flags = 'KA') {
  const own = await ownServer()
  await own.foreign.config('SET', 'notify-keyspace-events', flags)
  return own
}

describe('R2: keyspace notifications, for servers without client tracking', () => {
  test('what anybody changes in this database is told, and an expiry', async () => {
    const { server, foreign } = await notifying()
    const told = listen(tier(`${server.url}/2`, keyspace))
    await told.live()
    await foreign.set('elsewhere', '1')
    await foreign.select(2)
    const keys = ['a,b', 'a:b', '😀', 'line\r\nend', '', 'hash', 'list', 'set', 'zset']
    for (const key of keys.slice(0, 5)) await foreign.set(key, '1')
    await foreign.hset('hash', 'field', 'text')
    await foreign.rpush('list', 'a')
    await foreign.sadd('set', 'a')
    await foreign.zadd('zset', 1, 'a')
    await told.hears(...keys)
    expect(told.keys()).not.toContain('elsewhere')
    told.all.length = 0
    await foreign.set('short', '1', 'PX', 30)
    await vi.waitFor(
      () => expect(told.keys().filter((key) => key === 'short').length).toBeGreaterThan(2),
      10_000,
    )
  })

  test.each(['flushdb', 'flushall', 'swapdb'] as const)(
    '%s, which no event tells, is found out',
    async (word) => {
      const { server, foreign } = await notifying()
      const told = listen(tier(server.url, keyspace))
      await told.live()
      await (word === 'swapdb' ? foreign.call('SWAPDB', ['0', '1']) : foreign[word]())
      await told.hears('*')
    },
  )

  test('prefixes are texts, not patterns', async () => {
    const { server, foreign } = await notifying()
    const told = listen(tier(server.url, { ...keyspace, prefixes: ['a*:', 'b[x]:'] }))
    await told.live()
    await foreign.mset('ax:1', '1', 'bx:1', '1', 'a*:1', '1', 'b[x]:1', '1')
    await told.hears('a*:1', 'b[x]:1')
    expect(new Set(told.keys())).toEqual(new Set(['a*:1', 'b[x]:1']))
  })

  test.each(['', 'Ex', 'Kg$lshz'])(
    'with "%s" switched on it is lost, and the cause says what to do',
    async (flags) => {
      const { server, foreign } = await notifying(flags)
      const told = listen(tier(server.url, keyspace))
      const cause = await told.lost()
      expect(codeOf(cause)).toBe('UNSUPPORTED')
      expect(String(cause)).toContain('run CONFIG SET notify-keyspace-events KA')
      await foreign.config('SET', 'notify-keyspace-events', 'KEA')
      await told.live()
    },
  )

  test('switched off later, it is lost', async () => {
    const { server, foreign } = await notifying('Kg$lshzxe')
    const told = listen(tier(server.url, keyspace))
    await told.live()
    await foreign.config('SET', 'notify-keyspace-events', '')
    expect(codeOf(await told.lost())).toBe('UNSUPPORTED')
  })

  test('where the settings may not be read, it is lost', async () => {
    const { server, foreign } = await notifying()
    await foreign.call('ACL', ['SETUSER', 'app', 'on', '>secret', '~*', '&*', '+@all', '-config'])
    const told = listen(tier(server.url.replace('//', '//app:secret@'), keyspace))
    const cause = await told.lost()
    expect(codeOf(cause)).toBe('UNSUPPORTED')
    expect(String(cause)).toMatch(/NOPERM.*allow CONFIG GET/)
  })
})

test('C4: none: the tier has no stream', async () => {
  const { server } = await ownServer()
  expect(tier(server.url, { invalidations: 'none' }).invalidations).toBe(undefined)
})
