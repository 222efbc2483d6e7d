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
