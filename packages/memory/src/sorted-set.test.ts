import type { ZaddOptions } from '@jcache/driver'
import { describe, expect, test } from 'vitest'
import { memory } from './memory.ts'

const coded = (code: string, message = '') =>
  expect.objectContaining({ code, message: expect.stringContaining(message) })

/** Commands over `z`, which holds a 1, b 2, c 3, d 4, e 5. */
function five() {
  const driver = memory()
  driver.commands.zadd('z', [
    ['c', 3],
    ['a', 1],
    ['e', 5],
    ['b', 2],
    ['d', 4],
  ])
  return { ...driver.commands, stats: driver.stats }
}

const at = (score: number) => ({ score, exclusive: false })
const after = (score: number) => ({ score, exclusive: true })
const [least, most] = [at(Number.NEGATIVE_INFINITY), at(Number.POSITIVE_INFINITY)]

describe('zadd to { m: 5 }: what is answered, and the score of the member afterwards', () => {
  type Outcome = readonly [answer: number | null, score: number | null]
  const table: readonly (readonly [
    options: ZaddOptions,
    lesser: Outcome,
    equal: Outcome,
    greater: Outcome,
    absent: Outcome,
  ])[] = [
    // options                    m 4        m 5        m 6        new 4
    [{}, [0, 4], [0, 5], [0, 6], [1, 4]],
    [{ ch: true }, [1, 4], [0, 5], [1, 6], [1, 4]],
    [{ nx: true }, [0, 5], [0, 5], [0, 5], [1, 4]],
    [{ nx: true, ch: true }, [0, 5], [0, 5], [0, 5], [1, 4]],
    [{ xx: true }, [0, 4], [0, 5], [0, 6], [0, null]],
    [{ xx: true, ch: true }, [1, 4], [0, 5], [1, 6], [0, null]],
    [{ gt: true }, [0, 5], [0, 5], [0, 6], [1, 4]],
    [{ gt: true, ch: true }, [0, 5], [0, 5], [1, 6], [1, 4]],
    [{ lt: true }, [0, 4], [0, 5], [0, 5], [1, 4]],
    [{ lt: true, ch: true }, [1, 4], [0, 5], [0, 5], [1, 4]],
    [{ xx: true, gt: true }, [0, 5], [0, 5], [0, 6], [0, null]],
    [{ xx: true, gt: true, ch: true }, [0, 5], [0, 5], [1, 6], [0, null]],
    [{ xx: true, lt: true }, [0, 4], [0, 5], [0, 5], [0, null]],
    [{ xx: true, lt: true, ch: true }, [1, 4], [0, 5], [0, 5], [0, null]],
  ]
  test.each(table)('%o', (options, lesser, equal, greater, absent) => {
    const outcome = (member: string, score: number): Outcome => {
      const { zadd, zscore } = memory().commands
      zadd('z', [['m', 5]])
      return [zadd('z', [[member, score]], options) as number | null, zscore('z', member) as number | null]
    }
    expect([outcome('m', 4), outcome('m', 5), outcome('m', 6), outcome('new', 4)]).toEqual([
      lesser,
      equal,
      greater,
      absent,
    ])
  })

  const increments: typeof table = [
    // options                    m -1          m 0           m +1          new -1
    [{}, [4, 4], [5, 5], [6, 6], [-1, -1]],
    [{ ch: true }, [4, 4], [5, 5], [6, 6], [-1, -1]],
    [{ nx: true }, [null, 5], [null, 5], [null, 5], [-1, -1]],
    [{ xx: true }, [4, 4], [5, 5], [6, 6], [null, null]],
    [{ gt: true }, [null, 5], [null, 5], [6, 6], [-1, -1]],
    [{ lt: true }, [4, 4], [null, 5], [null, 5], [-1, -1]],
    [{ xx: true, gt: true }, [null, 5], [null, 5], [6, 6], [null, null]],
    [{ xx: true, lt: true }, [4, 4], [null, 5], [null, 5], [null, null]],
  ]
  test.each(increments)('incr with %o', (options, lesser, equal, greater, absent) => {
    const outcome = (member: string, increment: number): Outcome => {
      const { zadd, zscore } = memory().commands
      zadd('z', [['m', 5]])
      const answer = zadd('z', [[member, increment]], { ...options, incr: true })
      return [answer as number | null, zscore('z', member) as number | null]
    }
    expect([outcome('m', -1), outcome('m', 0), outcome('m', 1), outcome('new', -1)]).toEqual([
      lesser,
      equal,
      greater,
      absent,
    ])
  })
})

test('zadd takes pairs one after the other, also of the same member', () => {
  const { zadd, zrange } = memory().commands
  const pairs = [
    ['m', 3],
    ['n', 1],
    ['m', 2],
    ['m', 4],
  ] as const
  expect(zadd('z', pairs, { gt: true, ch: true })).toBe(3)
  expect(zrange('z', 0, -1, { withScores: true })).toEqual([
    ['n', 1],
    ['m', 4],
  ])
})

test('zadd makes no key where it adds nothing', () => {
  const { zadd, exists } = memory().commands
  expect([zadd('z', [['m', 1]], { xx: true }), zadd('z', [['m', 1]], { xx: true, incr: true })]).toEqual([
    0,
    null,
  ])
  expect(exists('z')).toBe(0)
})

test('zadd with incr wants one pair, and changes nothing otherwise', () => {
  const { zadd, exists } = memory().commands
  const pairs = [
    ['m', 1],
    ['n', 2],
  ] as const
  expect(() => zadd('z', pairs, { incr: true })).toThrow(coded('INVALID_ARGUMENT', 'zadd z'))
  expect(exists('z')).toBe(0)
})

test('a sum that is no number is refused and changes nothing', () => {
  const { zadd, zincrby, zrange } = memory().commands
  zadd('z', [['m', Number.POSITIVE_INFINITY]])
  const notANumber = coded('NOT_A_NUMBER', 'resulting score is not a number')
  expect(() => zincrby('z', Number.NEGATIVE_INFINITY, 'm')).toThrow(notANumber)
  expect(() => zadd('z', [['m', Number.NEGATIVE_INFINITY]], { incr: true })).toThrow(notANumber)
  // As in Redis, nx refuses before anything is added up.
  expect(zadd('z', [['m', Number.NEGATIVE_INFINITY]], { incr: true, nx: true })).toBeNull()
  expect(zrange('z', 0, -1, { withScores: true })).toEqual([['m', Number.POSITIVE_INFINITY]])
})

test('zincrby adds from 0, in doubles', () => {
  const { zincrby, zscore } = memory().commands
  expect([zincrby('z', 0.1, 'm'), zincrby('z', 0.2, 'm'), zscore('z', 'm')]).toEqual([
    0.1,
    0.1 + 0.2,
    0.1 + 0.2,
  ])
})

test('K3: equal scores are in the order of UTF-8 bytes', () => {
  const { zadd, zrange, zrevrange, zrank } = memory().commands
  const members = ['', '__proto__', 'a', 'ä', '\uFF01', '😀']
  zadd(
    'z',
    [...members].reverse().map((member) => [member, 0] as const),
  )
  expect(zrange('z', 0, -1)).toEqual(members)
  expect(zrevrange('z', 0, -1)).toEqual([...members].reverse())
  expect(members.map((member) => zrank('z', member))).toEqual([0, 1, 2, 3, 4, 5])
})

test.each([
  [0, -1, 'abcde'],
  [0, 0, 'a'],
  [1, 3, 'bcd'],
  [-2, -1, 'de'],
  [-100, 1, 'ab'],
  [3, 100, 'de'],
  [-100, 100, 'abcde'],
  [2, 1, ''],
  [5, 9, ''],
  [-1, -2, ''],
  [0, -6, ''],
  [-9, -6, ''],
])('from rank %i to %i', (start, stop, members) => {
  const { zrange, zrevrange, zremrangebyrank, zcard } = five()
  const expected = [...members]
  expect(zrange('z', start, stop)).toEqual(expected)
  const mirrored = expected.map((member) => 'edcba'['abcde'.indexOf(member)])
  expect(zrevrange('z', start, stop)).toEqual(mirrored)
  expect(zremrangebyrank('z', start, stop)).toBe(expected.length)
  expect([zcard('z'), zrange('z', 0, -1)]).toEqual([
    5 - expected.length,
    [...'abcde'].filter((member) => !members.includes(member)),
  ])
})

test.each([
  [least, most, 'abcde'],
  [at(2), at(4), 'bcd'],
  [after(2), at(4), 'cd'],
  [at(2), after(4), 'bc'],
  [after(2), after(4), 'c'],
  [at(2.5), at(3.5), 'c'],
  [at(3), at(3), 'c'],
  [after(3), at(3), ''],
  [at(3), after(3), ''],
  [after(3), after(3), ''],
  [at(4), at(2), ''],
  [after(5), most, ''],
  [least, after(1), ''],
  [after(Number.NEGATIVE_INFINITY), after(Number.POSITIVE_INFINITY), 'abcde'],
])('from score %o to %o', (min, max, members) => {
  const { zcount, zrangebyscore, zremrangebyscore, zrange } = five()
  expect([zcount('z', min, max), zrangebyscore('z', min, max)]).toEqual([members.length, [...members]])
  expect(zremrangebyscore('z', min, max)).toBe(members.length)
  expect(zrange('z', 0, -1)).toEqual([...'abcde'].filter((member) => !members.includes(member)))
})

test('infinite scores are scores', () => {
  const { zadd, zrangebyscore, zcount } = five()
  zadd('z', [
    ['top', Number.POSITIVE_INFINITY],
    ['low', Number.NEGATIVE_INFINITY],
  ])
  expect([
    zcount('z', least, most),
    zcount('z', most, most),
    zcount('z', after(-1e308), after(most.score)),
  ]).toEqual([7, 1, 5])
  expect(zrangebyscore('z', least, least, { withScores: true })).toEqual([['low', Number.NEGATIVE_INFINITY]])
})

test.each([
  [[0, 2], 'ab'],
  [[1, 2], 'bc'],
  [[3, 9], 'de'],
  [[1, -1], 'bcde'],
  [[4, -5], 'e'],
  [[0, 0], ''],
  [[5, 1], ''],
  [[-1, 2], ''],
  [[-1, -1], ''],
] as const)('zrangebyscore with limit %o', (limit, members) => {
  const { zrangebyscore } = five()
  expect(zrangebyscore('z', least, most, { limit })).toEqual([...members])
})

test('with scores, pairs are answered', () => {
  const { zrange, zrevrange, zrangebyscore } = five()
  const [b, c] = [
    ['b', 2],
    ['c', 3],
  ]
  expect(zrange('z', 1, 2, { withScores: true })).toEqual([b, c])
  expect(zrevrange('z', 2, 3, { withScores: true })).toEqual([c, b])
  expect(zrangebyscore('z', at(2), most, { withScores: true, limit: [0, 2] })).toEqual([b, c])
})

test('ranks count from either end', () => {
  const { zrank, zrevrank } = five()
  expect([zrank('z', 'a'), zrank('z', 'e'), zrevrank('z', 'a'), zrevrank('z', 'e')]).toEqual([0, 4, 4, 0])
  expect([zrank('z', 'x'), zrevrank('z', 'x')]).toEqual([null, null])
})

test('zrem counts what existed; the last member takes the key with it, and all that it took', () => {
  const { zrem, exists, stats } = five()
  expect([zrem('z', 'a', 'a', 'x'), exists('z')]).toEqual([1, 1])
  expect([zrem('z', 'b', 'c', 'd', 'e'), exists('z')]).toEqual([4, 0])
  expect(stats()).toMatchObject({ entries: 0, bytes: 0 })
})

test('what is not there is null, 0 or empty, and stays so', () => {
  const { zcard, zcount, zrange, zrevrange, zrangebyscore, zrank, zrevrank, zscore, ...others } =
    memory().commands
  expect([zrank('z', 'm'), zrevrank('z', 'm'), zscore('z', 'm')]).toEqual([null, null, null])
  expect([zcard('z'), zcount('z', least, most)]).toEqual([0, 0])
  expect([zrange('z', 0, -1), zrevrange('z', 0, -1), zrangebyscore('z', least, most)]).toEqual([[], [], []])
  const { zrem, zremrangebyrank, zremrangebyscore, exists } = others
  expect([zrem('z', 'm'), zremrangebyrank('z', 0, -1), zremrangebyscore('z', least, most)]).toEqual([0, 0, 0])
  expect(exists('z')).toBe(0)
})

test('a key of another type is refused and kept', () => {
  const { set, get, zadd, zrange, zrem } = memory().commands
  set('s', 'text')
  for (const call of [() => zadd('s', [['m', 1]]), () => zrange('s', 0, -1), () => zrem('s', 'm')])
    expect(call).toThrow(coded('WRONG_TYPE', 's'))
  expect(get('s')).toBe('text')
})

test('entries carry sorted sets in rank order and back', () => {
  const { entries, commands } = memory()
  const pairs = [
    ['low', Number.NEGATIVE_INFINITY],
    ['', 0],
    ['__proto__', 0],
    ['top', Number.POSITIVE_INFINITY],
  ] as const
  commands.zadd('z', [...pairs].reverse())
  const entry = entries.dump('z', 1000)
  expect(entry).toEqual({ type: 'zset', value: pairs, expiresAt: null })
  if (typeof entry !== 'object' || !entry) throw new Error('no entry')
  entries.load('copy', entry)
  expect(commands.zrange('copy', 0, -1, { withScores: true })).toEqual(pairs)
})
