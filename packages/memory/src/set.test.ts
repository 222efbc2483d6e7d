import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memory } from './memory.ts'

const wrongType = expect.objectContaining({ code: 'WRONG_TYPE' })

test('srem takes the key with its last member, and gives back what it took', () => {
  const { commands, stats } = memory()
  commands.sadd('s', 'a', 'b', 'a')
  expect([commands.srem('s', 'a', 'a', 'x'), commands.exists('s')]).toEqual([1, 1])
  expect(commands.srem('s', 'b')).toBe(1)
  expect(stats()).toMatchObject({ entries: 0, bytes: 0 })
})

test('spop takes until nothing is left, each member once', () => {
  const { commands, stats } = memory()
  const members = Array.from({ length: 100 }, (_, n) => `m${n}`)
  commands.sadd('s', ...members)
  const taken = [1, 50, 100].flatMap((count) => commands.spop('s', count) as string[])
  expect(taken.length).toBe(100)
  expect(taken.sort()).toEqual([...members].sort())
  expect([commands.spop('s'), commands.spop('s', 3)]).toEqual([null, []])
  expect(stats()).toMatchObject({ entries: 0, bytes: 0 })
})

test('smove changes both or neither', () => {
  const { sadd, set, smove, smembers, exists } = memory().commands
  sadd('a', 'm')
  set('text', 'm')
  expect(() => smove('a', 'text', 'm')).toThrow(wrongType)
  expect(() => smove('text', 'a', 'm')).toThrow(wrongType)
  expect(smembers('a')).toEqual(['m'])
  expect([smove('a', 'b', 'm'), exists('a'), smembers('b')]).toEqual([true, 0, ['m']])
})

test('what is stored stands alone', () => {
  const { sadd, sunionstore, srem, smembers } = memory().commands
  sadd('a', 'm', 'n')
  expect(sunionstore('b', 'a')).toBe(2)
  srem('b', 'm')
  expect([smembers('a'), smembers('b')]).toEqual([['m', 'n'], ['n']])
})

test('what reads changes nothing, and makes no key', () => {
  const { commands, stats } = memory()
  const { smembers, sismember, smismember, scard, sinter, sunion, sdiff, sscan, srandmember } = commands
  expect([smembers('s'), sismember('s', 'm'), smismember('s', 'm'), scard('s')]).toEqual([
    [],
    false,
    [false],
    0,
  ])
  expect([sinter('s', 't'), sunion('s', 't'), sdiff('s', 't'), sscan('s', '0')]).toEqual([
    [],
    [],
    [],
    ['0', []],
  ])
  expect([srandmember('s'), srandmember('s', 3), srandmember('s', -3)]).toEqual([null, [], []])
  expect(stats().entries).toBe(0)
})

test('a walk meets every member that stays, once where nothing else changes', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string(), { maxLength: 80 }),
      fc.integer({ min: 1, max: 30 }),
      (all, count) => {
        const { sadd, sscan } = memory().commands
        if (all.length) sadd('s', ...all)
        const met: string[] = []
        let cursor = '0'
        do {
          const [next, members] = sscan('s', cursor, { count }) as [string, string[]]
          met.push(...members)
          cursor = next
        } while (cursor !== '0')
        expect(met.sort()).toEqual([...all].sort())
      },
    ),
  )
})
