import { expect, test } from 'vitest'
import { memory } from './memory.ts'

test('M6: whatever fills a sorted set serves who waits for it, and no one who waits for a list', async () => {
  const { commands, entries } = memory()
  const { bzpopmin, bzpopmax, blpop, zadd, zincrby, sadd, zunionstore, rpush, exists } = commands
  const list = blpop(['z'], 0)
  const waits = Array.from({ length: 4 }, (_, n) => (n % 2 ? bzpopmax : bzpopmin)(['other', 'z'], 0))
  expect(
    zadd('z', [
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]),
  ).toBe(3)
  expect(await Promise.all(waits.slice(0, 3))).toEqual([
    ['z', 'a', 1],
    ['z', 'c', 3],
    ['z', 'b', 2],
  ])
  expect(zincrby('z', 5, 'd')).toBe(5)
  expect(await waits[3]).toEqual(['z', 'd', 5])
  const stored = bzpopmin(['z'], 0)
  sadd('s', 'e')
  expect(zunionstore('z', ['s'])).toBe(1)
  expect(await stored).toEqual(['z', 'e', 1])
  const loaded = bzpopmin(['z'], 0)
  entries.load('z', { type: 'zset', value: [['f', 6]], expiresAt: null })
  expect(await loaded).toEqual(['z', 'f', 6])
  expect(exists('z')).toBe(0)
  rpush('z', 'value')
  expect(await list).toEqual(['z', 'value'])
})
