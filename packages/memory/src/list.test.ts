import { expect, test } from 'vitest'
import { memory } from './memory.ts'

const wrongType = expect.objectContaining({ code: 'WRONG_TYPE' })

function filled() {
  const { commands, ...driver } = memory()
  commands.rpush('l', 'a', 'b', 'c', 'd', 'e')
  return { ...commands, ...driver }
}

test('lpush puts the last value first, rpush last; both answer the length', () => {
  const { lpush, rpush, lrange } = memory().commands
  expect(lpush('l', 'b', 'a')).toBe(2)
  expect(rpush('l', 'c', 'd')).toBe(4)
  expect(lrange('l', 0, -1)).toEqual(['a', 'b', 'c', 'd'])
})

test('a pop takes one value without count, a list with one, null without key', () => {
  const { lpop, rpop, exists } = filled()
  expect(lpop('l')).toBe('a')
  expect(rpop('l')).toBe('e')
  expect(lpop('l', 0)).toEqual([])
  expect(lpop('l', 2)).toEqual(['b', 'c'])
  expect(rpop('l', 9)).toEqual(['d'])
  expect(exists('l')).toBe(0)
  expect([lpop('l'), rpop('l'), lpop('l', 0), rpop('l', 2)]).toEqual([null, null, null, null])
})

test('ranges and indexes count from the end where negative, and are cut off', () => {
  const { lrange, lindex, llen } = filled()
  expect(lrange('l', 1, 2)).toEqual(['b', 'c'])
  expect(lrange('l', -2, 100)).toEqual(['d', 'e'])
  expect(lrange('l', 3, 2)).toEqual([])
  expect(lrange('none', 0, -1)).toEqual([])
  expect([lindex('l', 0), lindex('l', -1), lindex('l', 5), lindex('l', -6), lindex('none', 0)]).toEqual([
    'a',
    'e',
    null,
    null,
    null,
  ])
  expect([llen('l'), llen('none')]).toEqual([5, 0])
})

test.each([
  [1, 3, ['b', 'c', 'd']],
  [4, -1, ['e']],
  [-1, -1, ['e']],
  [0, -1, ['a', 'b', 'c', 'd', 'e']],
  [0, 0, ['a']],
])('ltrim %i %i', (start, stop, left) => {
  const { ltrim, lrange } = filled()
  expect(ltrim('l', start, stop)).toBeUndefined()
  expect(lrange('l', 0, -1)).toEqual(left)
})

test('a list without values takes its key with it', () => {
  const { ltrim, type, stats } = filled()
  ltrim('l', 5, 9)
  ltrim('none', 0, 1)
  expect(type('l')).toBeNull()
  expect(stats()).toMatchObject({ entries: 0, bytes: 0 })
})

test('a list keeps its expiry when it changes, and loses it with its last value', () => {
  const { rpush, lpop, expire, ttl } = filled()
  expire('l', 60_000)
  lpop('l')
  expect(ttl('l')).toBeLessThanOrEqual(60_000)
  lpop('l', 4)
  rpush('l', 'new')
  expect(ttl('l')).toBe(Number.POSITIVE_INFINITY)
})

test('a key of another type is refused and left as it was', () => {
  const { set, get, lpush, lpop, lrange, ltrim, llen, lindex } = filled()
  set('s', 'text')
  for (const call of [
    () => lpush('s', 'x'),
    () => lpop('s'),
    () => lrange('s', 0, -1),
    () => ltrim('s', 1, 0),
    () => llen('s'),
    () => lindex('s', 0),
  ])
    expect(call).toThrow(wrongType)
  expect(get('s')).toBe('text')
})

test('what changes nothing is no change', () => {
  const { commands, stats } = memory()
  expect([commands.lpushx('none', 'a'), commands.linsert('none', 'before', 'a', 'b')]).toEqual([0, 0])
  expect([commands.lrem('none', 0, 'a'), commands.rpoplpush('none', 'other')]).toEqual([0, null])
  expect(() => commands.lset('none', 0, 'a')).toThrow('"none" holds no list')
  expect(stats()).toMatchObject({ entries: 0, bytes: 0 })
})

test('lset says how long the list is', () => {
  const { lset } = filled()
  expect(() => lset('l', -6, 'x')).toThrow('"l" has 5 values, none at index -6')
})

test('M2: a list counts what lies in it after any change', () => {
  const { lset, linsert, lrem, lmove, rpush, lrange, stats, entries } = filled()
  lset('l', 1, 'a long text in place of a short one')
  linsert('l', 'after', 'c', 'x'.repeat(100))
  rpush('l', 'a', 'b', 'a')
  expect(lrem('l', -2, 'a')).toBe(2)
  lmove('l', 'other', 'left', 'right')
  lmove('l', 'l', 'left', 'right')
  const { bytes } = stats()
  for (const key of ['l', 'other']) {
    const entry = entries.dump(key, 1_000)
    if (entry && entry !== 'too-big') entries.load(key, { ...entry })
  }
  expect(lrange('l', 0, -1)).toHaveLength(6)
  expect(stats().bytes).toBe(bytes)
})

test('a list that is its own destination keeps its expiry, also with one value', () => {
  const { rpush, expire, ttl, lmove, rpoplpush } = memory({ now: () => 1_000 }).commands
  rpush('l', 'a')
  expire('l', 500)
  expect([lmove('l', 'l', 'left', 'left'), rpoplpush('l', 'l'), ttl('l')]).toEqual(['a', 'a', 500])
})
