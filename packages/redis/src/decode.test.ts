import { codeOf, commands } from '@jcache/driver'
import { describe, expect, test } from 'vitest'
import { decoderOf } from './decode.ts'

function decode(name: keyof typeof commands, reply: unknown, ...args: unknown[]): unknown {
  return decoderOf(name, commands[name])(reply, args)
}

function codeFrom(run: () => unknown) {
  try {
    return run()
  } catch (error) {
    return codeOf(error)
  }
}

describe('K2: JavaScript types out', () => {
  test('yes and no', () => {
    expect([decode('hexists', '1'), decode('hexists', '0'), decode('setnx', 1)]).toEqual([true, false, true])
    expect([decode('set', 'OK', 'k', 'v'), decode('set', null, 'k', 'v')]).toEqual([true, false])
  })

  test('options decide between two kinds', () => {
    expect(decode('set', 'old', 'k', 'v', { get: true })).toBe('old')
    expect(decode('set', null, 'k', 'v', { get: true })).toBe(null)
    expect(decode('zrange', ['a', 'b'], 'k', 0, -1)).toEqual(['a', 'b'])
    const scores = { withScores: true }
    expect(decode('zrange', ['a', '1', 'b', 'inf'], 'k', 0, -1, scores)).toEqual([
      ['a', 1],
      ['b', Infinity],
    ])
    expect(
      decode(
        'zrange',
        [
          ['a', '1'],
          ['b', '-inf'],
        ],
        'k',
        0,
        -1,
        scores,
      ),
    ).toEqual([
      ['a', 1],
      ['b', -Infinity],
    ])
    expect(decode('zrange', [], 'k', 0, -1, scores)).toEqual([])
    expect(decode('lpos', '3', 'k', 'v')).toBe(3)
    expect(decode('lpos', null, 'k', 'v', { rank: 2 })).toBe(null)
    expect(decode('lpos', ['3', 1], 'k', 'v', { count: 0 })).toEqual([3, 1])
    expect(decode('lpop', ['a'], 'k', 1)).toEqual(['a'])
    expect(decode('lpop', 'a', 'k')).toBe('a')
  })

  test('time to live', () => {
    expect(['-2', '-1', '0', 1_500].map((reply) => decode('ttl', reply))).toEqual([null, Infinity, 0, 1_500])
  })

  test('types', () => {
    expect(['none', 'zset'].map((reply) => decode('type', reply))).toEqual([null, 'zset'])
    expect(codeFrom(() => decode('type', 'stream'))).toBe('WRONG_TYPE')
  })

  test('integers that are not exact are refused', () => {
    expect(decode('incrby', '9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
    expect(codeFrom(() => decode('incrby', '9007199254740992'))).toBe('OUT_OF_RANGE')
    expect(codeFrom(() => decode('incrby', '-9007199254740993'))).toBe('OUT_OF_RANGE')
  })

  test('what no command answers is an error, not a value', () => {
    for (const [name, reply] of [
      ['get', 5],
      ['incrby', 'OK'],
      ['incrby', null],
      ['zscore', 'nan'],
      ['hgetall', 'text'],
      ['hkeys', null],
    ] as const)
      expect(codeFrom(() => decode(name, reply))).toBe('UNAVAILABLE')
  })
})
