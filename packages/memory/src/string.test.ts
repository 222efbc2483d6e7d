import { expect, test } from 'vitest'
import { memory } from './memory.ts'

const coded = (code: string) => expect.objectContaining({ code })

function at(start = 1_000) {
  const clock = { ms: start }
  const { commands, stats } = memory({ now: () => clock.ms })
  return { ...commands, clock, stats }
}

test('set replaces a value of any type and its expiry', () => {
  const { rpush, expire, set, get, ttl } = at()
  rpush('k', 'x')
  expire('k', 10)
  expect(set('k', '')).toBe(true)
  expect([get('k'), ttl('k')]).toEqual(['', Number.POSITIVE_INFINITY])
})

test.each(['incr', 'append'] as const)(
  'M3: %s of a key whose time ends meanwhile does not keep it',
  (name) => {
    let ms = 1_000
    // Time goes on with every look at the clock.
    const { set, incr, append, get } = memory({ now: () => ms++ }).commands
    for (let ahead = 1; ahead < 8; ahead++) {
      set('k', '5', { at: ms + ahead })
      const answer = name === 'incr' ? incr('k') : append('k', '5')
      const found = answer === (name === 'incr' ? 6 : 2)
      ms += 10
      expect([ahead, get('k')]).toEqual([ahead, found ? null : name === 'incr' ? '1' : '5'])
      set('k', '', { at: 1 })
    }
  },
)

test('ttl, at and keepttl give the expiry', () => {
  const { set, ttl, clock } = at()
  set('k', 'v', { ttl: 500 })
  expect(ttl('k')).toBe(500)
  clock.ms += 100
  set('k', 'v', { keepttl: true })
  expect(ttl('k')).toBe(400)
  set('k', 'v', { at: 5_000 })
  expect(ttl('k')).toBe(3_900)
  set('new', 'v', { keepttl: true })
  expect(ttl('new')).toBe(Number.POSITIVE_INFINITY)
})

test.each([1_000, 999, 0, -1])('set until %i at 1000 answers as if set, and removes the key', (instant) => {
  const { set, exists } = at()
  set('k', 'old')
  expect(set('k', 'new', { at: instant })).toBe(true)
  expect(set('other', 'new', { at: instant, get: true })).toBeNull()
  expect(exists('k', 'other')).toBe(0)
})

test('nx and xx forbid, get answers the old text either way', () => {
  const { set, get } = at()
  expect([set('k', '1', { xx: true }), set('k', '2', { nx: true }), set('k', '3', { nx: true })]).toEqual([
    false,
    true,
    false,
  ])
  expect(set('k', '4', { nx: true, get: true })).toBe('2')
  expect(set('k', '5', { xx: true, get: true })).toBe('2')
  expect(get('k')).toBe('5')
})

test('set with get refuses another type and leaves it', () => {
  const { rpush, set, type } = at()
  rpush('k', 'x')
  expect(() => set('k', 'v', { get: true })).toThrow(coded('WRONG_TYPE'))
  expect(type('k')).toBe('list')
})

test('setnx only without key; an expired key is none', () => {
  const { set, setnx, get, ttl, clock } = at()
  set('k', 'old', { ttl: 10 })
  expect(setnx('k', 'new')).toBe(false)
  clock.ms += 10
  expect(setnx('k', 'new')).toBe(true)
  expect([get('k'), ttl('k')]).toEqual(['new', Number.POSITIVE_INFINITY])
})

test('mget answers null for other types; mset replaces them', () => {
  const { rpush, mset, mget } = at()
  rpush('l', 'x')
  mset([
    ['a', '1'],
    ['b', '2'],
    ['a', '3'],
  ])
  expect(mget('a', 'l', 'none', 'b', 'a')).toEqual(['3', null, null, '2', '3'])
  mset([['l', 'now text']])
  expect(mget('l')).toEqual(['now text'])
})

test('incrby keeps the expiry; what it refuses stays', () => {
  const { set, get, incrby, ttl } = at()
  set('n', '10', { ttl: 500 })
  expect([incrby('n', 5), get('n'), ttl('n'), incrby('new', -2)]).toEqual([15, '15', 500, -2])
  set('text', 'ten')
  expect(() => incrby('text', 1)).toThrow(coded('NOT_A_NUMBER'))
  expect(get('text')).toBe('ten')
})

test('get refuses other types', () => {
  const { rpush, get } = at()
  rpush('l', 'x')
  expect(() => get('l')).toThrow('"l" holds a list, not a string')
})

test('a key that expires takes its text from getdel, getset and append', () => {
  const { set, getdel, getset, append, ttl, clock } = at()
  for (const key of ['a', 'b', 'c']) set(key, 'old', { ttl: 10 })
  clock.ms += 10
  expect([getdel('a'), getset('b', 'new'), append('c', 'new'), ttl('c')]).toEqual([
    null,
    null,
    3,
    Number.POSITIVE_INFINITY,
  ])
})

test('getex sets, replaces and takes the expiry', () => {
  const { set, getex, ttl, exists, clock } = at()
  set('k', 'v')
  const left = (options: Parameters<typeof getex>[1]) => [getex('k', options), ttl('k')]
  expect(left({ ttl: 500 })).toEqual(['v', 500])
  clock.ms += 100
  expect(left({})).toEqual(['v', 400])
  expect(left({ at: 5_000 })).toEqual(['v', 3_900])
  expect(left({ persist: true })).toEqual(['v', Number.POSITIVE_INFINITY])
  expect([getex('k', { at: 1_100 }), exists('k')]).toEqual(['v', 0])
})

test('M2: what a text grows by is counted', () => {
  const { set, append, setrange, stats } = at()
  set('k', 'text')
  const before = stats().bytes
  append('k', 'x'.repeat(1_000))
  setrange('k', 1_999, 'y')
  expect(stats().bytes).toBe(before + 1_996)
})

test('a text stays below the longest there can be', () => {
  const { commands } = memory({ maxBytes: 2 ** 40 })
  commands.set('k', 'x'.repeat(2 ** 28))
  expect(() => commands.append('k', 'x'.repeat(2 ** 28))).toThrow(coded('OUT_OF_RANGE'))
  expect(() => commands.setrange('k', 2 ** 29, 'x')).toThrow(coded('OUT_OF_RANGE'))
  expect(commands.del('k')).toBe(1)
})

test('setrange refuses to leave half a character', () => {
  const { set, get, setrange } = at()
  set('k', '漢')
  expect(() => setrange('k', 1, 'a')).toThrow(coded('OUT_OF_RANGE'))
  expect(get('k')).toBe('漢')
})
