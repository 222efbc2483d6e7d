import { expect, test } from 'vitest'
import { memory } from './memory.ts'

function at(start = 1_000) {
  const clock = { ms: start }
  const { commands, stats } = memory({ now: () => clock.ms })
  return { ...commands, clock, stats }
}

test('del counts what existed, exists counts what is named', () => {
  const { mset, del, exists } = at()
  mset([
    ['a', '1'],
    ['b', '2'],
  ])
  expect(exists('a', 'a', 'b', 'none')).toBe(3)
  expect(del('a', 'a', 'none')).toBe(1)
  expect(exists('a', 'b')).toBe(1)
})

test('ttl is what is left: Infinity without expiry, null without key', () => {
  const { set, expire, ttl, persist, clock } = at()
  set('k', 'v')
  expect([ttl('k'), ttl('none')]).toEqual([Number.POSITIVE_INFINITY, null])
  expect([expire('k', 500), expire('none', 500)]).toEqual([true, false])
  clock.ms += 200
  expect(ttl('k')).toBe(300)
  expect([persist('k'), persist('k'), persist('none')]).toEqual([true, false, false])
  expect(ttl('k')).toBe(Number.POSITIVE_INFINITY)
})

test('M3: a key is there until the millisecond it expires', () => {
  const { set, expire, exists, get, type, clock, stats } = at()
  set('k', 'v')
  expire('k', 500)
  clock.ms += 499
  expect([exists('k'), get('k')]).toEqual([1, 'v'])
  clock.ms += 1
  expect([exists('k'), get('k'), type('k'), stats().expirations]).toEqual([0, null, null, 1])
})

test.each([2_000_000, 1_000, 999, 0, -5])('expireat %i at 1000', (instant) => {
  const { set, expireat, exists } = at()
  set('k', 'v')
  expect(expireat('k', instant)).toBe(true)
  expect(exists('k')).toBe(instant > 1_000 ? 1 : 0)
  expect(expireat('none', instant)).toBe(false)
})

test('type names what the key holds', () => {
  const { set, hset, rpush, zadd, type } = at()
  set('string', 'v')
  hset('hash', [['f', 'v']])
  rpush('list', 'v')
  zadd('zset', [['m', 1]])
  expect(['string', 'hash', 'list', 'zset'].map((key) => type(key))).toEqual([
    'string',
    'hash',
    'list',
    'zset',
  ])
  expect(type('none')).toBeNull()
})

test('rename moves value and expiry, over whatever had the name', () => {
  const { set, rpush, rename, lrange, ttl, exists, stats } = at()
  rpush('list', 'a', 'b')
  set('other', 'v', { ttl: 500 })
  rename('list', 'other')
  expect([lrange('other', 0, -1), ttl('other'), exists('list')]).toEqual([
    ['a', 'b'],
    Number.POSITIVE_INFINITY,
    0,
  ])
  set('brief', 'v', { ttl: 500 })
  rename('brief', 'other')
  expect([ttl('other'), stats().entries]).toEqual([500, 1])
  expect(() => rename('none', 'other')).toThrow('there is no key "none" to be renamed')
  expect(ttl('other')).toBe(500)
})

test('M6: a list that gets the name serves who waits for it', async () => {
  const { rpush, blpop, rename, lrange } = memory().commands
  const popped = blpop(['queue'], 0)
  rpush('made', 'a', 'b')
  rename('made', 'queue')
  expect([await popped, lrange('queue', 0, -1)]).toEqual([['queue', 'a'], ['b']])
})

test('M2: touch counts as a use', () => {
  const kept = (touches: boolean) => {
    const { commands } = memory({ maxEntries: 100 })
    for (let n = 0; n < 100; n++) commands.set(`old${n}`, 'v')
    for (let n = 0; n < 1_000; n++) {
      if (touches) commands.touch(...Array.from({ length: 10 }, (_, at) => `old${at}`))
      commands.set(`new${n}`, 'v')
    }
    return Number(commands.exists(...Array.from({ length: 10 }, (_, at) => `old${at}`)))
  }
  expect(kept(true)).toBeGreaterThan(kept(false))
})

test('a scan meets a key in its place as long as it is there, whatever is written to it', () => {
  const { set, rpush, del, scan } = at()
  for (let n = 0; n < 50; n++) set(`k${n}`, 'v')
  const met = new Set<string>()
  let cursor = '0'
  for (let page = 0; page === 0 || cursor !== '0'; page++) {
    const [next, keys] = scan(cursor, { count: 7 }) as [string, string[]]
    for (const key of keys) met.add(key)
    cursor = next
    for (let n = 0; n < 50; n += 2) set(`k${n}`, `v${page}`)
    del(`k${page * 2 + 1}`)
    rpush(`new${page}`, 'a')
  }
  for (let n = 0; n < 50; n += 2) expect(met).toContain(`k${n}`)
})

test('M3: a scan answers nothing that has expired, of no type', () => {
  const { set, scan, clock } = at()
  set('brief', 'v', { ttl: 10 })
  set('stays', 'v')
  clock.ms += 10
  expect([scan('0'), scan('0', { type: 'string' }), scan('0', { type: 'list' })]).toEqual([
    ['0', ['stays']],
    ['0', ['stays']],
    ['0', []],
  ])
})
