import { expect, test } from 'vitest'
import { memory } from './memory.ts'

const coded = (code: string) => expect.objectContaining({ code })

test('hset counts new fields only; fields stay in the order they came', () => {
  const { hset, hkeys, hvals, hlen } = memory().commands
  expect(
    hset('h', [
      ['b', '1'],
      ['a', '2'],
      ['b', '3'],
    ]),
  ).toBe(2)
  expect(hset('h', [['b', '4']])).toBe(0)
  expect([hkeys('h'), hvals('h'), hlen('h')]).toEqual([['b', 'a'], ['4', '2'], 2])
})

test('hsetnx never replaces', () => {
  const { hsetnx, hget } = memory().commands
  expect([hsetnx('h', 'f', '1'), hsetnx('h', 'f', '2'), hget('h', 'f')]).toEqual([true, false, '1'])
})

test('what is not there is null, false, 0 or empty', () => {
  const { hset, hget, hmget, hexists, hlen, hkeys, hvals, hgetall, hdel } = memory().commands
  hset('h', [['f', '']])
  expect([hget('h', 'f'), hget('h', 'g'), hget('none', 'f')]).toEqual(['', null, null])
  expect([hmget('h', 'g', 'f', 'f'), hmget('none', 'f')]).toEqual([[null, '', ''], [null]])
  expect([hexists('h', 'f'), hexists('h', 'g'), hexists('none', 'f')]).toEqual([true, false, false])
  expect([hlen('none'), hkeys('none'), hvals('none'), hdel('none', 'f')]).toEqual([0, [], [], 0])
  expect(Object.entries(hgetall('none'))).toEqual([])
})

test('S1: fields named as parts of Object are data', () => {
  const { hset, hget, hgetall } = memory().commands
  hset('h', [
    ['__proto__', 'p'],
    ['constructor', 'c'],
  ])
  const record = hgetall('h')
  expect(Object.getPrototypeOf(record)).toBeNull()
  expect(Object.entries(record)).toEqual([
    ['__proto__', 'p'],
    ['constructor', 'c'],
  ])
  expect([hget('h', '__proto__'), hget('h', 'toString')]).toEqual(['p', null])
})

test('hdel takes the key with its last field, and gives back what it took', () => {
  const { commands, stats } = memory()
  commands.hset('h', [
    ['a', '1'],
    ['b', '22'],
  ])
  expect(commands.hdel('h', 'a', 'a', 'x')).toBe(1)
  expect(commands.exists('h')).toBe(1)
  expect(commands.hdel('h', 'b')).toBe(1)
  expect(stats()).toMatchObject({ entries: 0, bytes: 0 })
})

test('the estimate grows and shrinks with the texts', () => {
  const { commands, stats } = memory()
  commands.hset('h', [['f', 'x']])
  const { bytes } = stats()
  commands.hset('h', [['f', 'x'.repeat(101)]])
  expect(stats().bytes).toBe(bytes + 100)
  commands.hset('h', [['f', 'y']])
  expect(stats().bytes).toBe(bytes)
})

test('hincrby adds to integers only', () => {
  const { hset, hget, hincrby, exists } = memory().commands
  expect([hincrby('h', 'n', 5), hincrby('h', 'n', -7), hget('h', 'n')]).toEqual([5, -2, '-2'])
  hset('h', [['text', '1.5']])
  expect(() => hincrby('h', 'text', 1)).toThrow(coded('NOT_A_NUMBER'))
  expect(() => hincrby('h', 'n', -Number.MAX_SAFE_INTEGER)).toThrow(coded('OUT_OF_RANGE'))
  expect([hget('h', 'text'), hget('h', 'n'), exists('other')]).toEqual(['1.5', '-2', 0])
})

test('a key of another type is refused and left as it was', () => {
  const { set, get, hset, hget, hdel, hgetall, hincrby } = memory().commands
  set('s', 'text')
  for (const call of [
    () => hset('s', [['f', 'v']]),
    () => hget('s', 'f'),
    () => hdel('s', 'f'),
    () => hgetall('s'),
    () => hincrby('s', 'f', 1),
  ])
    expect(call).toThrow(coded('WRONG_TYPE'))
  expect(get('s')).toBe('text')
})
