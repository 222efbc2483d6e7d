import { commands } from '@jcache/driver'
import { expect, test } from 'vitest'
import { encoderOf, numeral } from './encode.ts'

function words(name: keyof typeof commands, ...args: unknown[]): string {
  const { word, encode } = encoderOf(name, commands[name])
  return [word, ...encode(args)].join(' ')
}

test('K1: a command is its name in capitals and its arguments', () => {
  expect(words('get', 'k')).toBe('GET k')
  expect(words('del', 'a', 'b')).toBe('DEL a b')
  expect(words('hincrby', 'k', 'f', -3)).toBe('HINCRBY k f -3')
  expect(
    words('mset', [
      ['a', '1'],
      ['b', '2'],
    ]),
  ).toBe('MSET a 1 b 2')
  expect(words('lpop', 'k')).toBe('LPOP k')
  expect(words('lpop', 'k', 0)).toBe('LPOP k 0')
  expect(words('lpop', 'k', undefined)).toBe('LPOP k')
})

test('K1: options are words, flags alone, durations in ms', () => {
  expect(words('set', 'k', 'v', {})).toBe('SET k v')
  expect(words('set', 'k', 'v', { ttl: 5_000, nx: true, xx: false, get: true })).toBe(
    'SET k v PX 5000 NX GET',
  )
  expect(words('set', 'k', 'v', { at: 1_700_000_000_000 })).toBe('SET k v PXAT 1700000000000')
  expect(words('set', 'k', 'v', { at: -1 })).toBe('SET k v PXAT 1')
  expect(
    words(
      'zrangebyscore',
      'z',
      { score: -Infinity, exclusive: true },
      { score: 5, exclusive: false },
      { limit: [1, -1], withScores: true },
    ),
  ).toBe('ZRANGEBYSCORE z (-inf 5 WITHSCORES LIMIT 1 -1')
})

test('K1: an end and a side are words', () => {
  expect(words('lmove', 'a', 'b', 'left', 'right')).toBe('LMOVE a b left right')
  expect(words('linsert', 'k', 'before', 'p', 'v')).toBe('LINSERT k before p v')
  expect(words('lpos', 'k', 'v', { rank: -1, count: 0, maxlen: 9 })).toBe('LPOS k v RANK -1 COUNT 0 MAXLEN 9')
  expect(words('blmove', 'a', 'b', 'left', 'right', 5_000, {})).toBe('BLMOVE a b left right')
})

test('K1: what is said otherwise on the wire', () => {
  expect(words('expire', 'k', 5)).toBe('PEXPIRE k 5')
  expect(words('expireat', 'k', 5)).toBe('PEXPIREAT k 5')
  expect(words('ttl', 'k')).toBe('PTTL k')
  expect(words('incr', 'k')).toBe('INCRBY k 1')
  expect(words('decr', 'k')).toBe('DECRBY k 1')
  expect(
    words(
      'zadd',
      'z',
      [
        ['m', 1],
        ['n', -0],
      ],
      { gt: true, ch: true },
    ),
  ).toBe('ZADD z GT CH 1 m -0 n')
  expect(words('zadd', 'z', [['m', 1]])).toBe('ZADD z 1 m')
  expect(words('zunionstore', 'd', ['a', 'b'], { weights: [2, -Infinity], aggregate: 'max' })).toBe(
    'ZUNIONSTORE d 2 a b AGGREGATE max WEIGHTS 2 -inf',
  )
  // Whoever waits adds what is left of the timeout, and hears the signal.
  expect(words('blpop', ['a', 'b'], 5_000, { signal: new AbortController().signal })).toBe('BLPOP a b')
})

test('K3: a numeral stands for exactly its number', () => {
  for (const number of [0, 1, -1.5, 0.1 + 0.2, 5e-324, Number.MAX_VALUE, 1e21, 2 ** 53])
    expect(Number(numeral(number))).toBe(number)
  expect([Infinity, -Infinity, -0].map(numeral)).toEqual(['inf', '-inf', '-0'])
})
