import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkOf } from './check.ts'
import type { Command } from './command.ts'
import { type Commands, commands } from './commands/index.ts'
import type { ErrorCode } from './errors.ts'
import { basic, MAX_KEY_LENGTH } from './kinds/basic.ts'

/** The arguments as drivers get them. */
function ready(name: keyof Commands, ...args: unknown[]): readonly unknown[] {
  return checkOf(name, commands[name])(args)
}

describe('K4: drivers get arguments that are ready', () => {
  test.each<[name: keyof Commands, args: unknown[], got: unknown[]]>([
    ['get', ['key'], ['key']],
    ['get', [''], ['']],
    ['del', ['a', 'b'], ['a', 'b']],
    ['expire', ['key', '5m'], ['key', 300_000]],
    ['expire', ['key', 0.5], ['key', 1]],
    ['expireat', ['key', new Date(1_000)], ['key', 1_000]],
    ['expireat', ['key', 1_000.5], ['key', 1_001]],
    ['set', ['key', 'text', { ttl: '1s', nx: true }], ['key', 'text', { ttl: 1_000, nx: true }]],
    ['set', ['key', 'text', { ttl: undefined, nx: false, xx: true }], ['key', 'text', { xx: true }]],
    ['mset', [{ a: '1' }], [[['a', '1']]]],
    ['mset', [new Map([['a', '1']])], [[['a', '1']]]],
    ['hset', ['key', [['f', '1']]], ['key', [['f', '1']]]],
    ['hset', ['key', Object.fromEntries([['__proto__', '1']])], ['key', [['__proto__', '1']]]],
    ['zadd', ['key', { a: -Infinity }, { gt: true }], ['key', [['a', -Infinity]], { gt: true }]],
    ['zcount', ['key', 1, '(2'], ['key', { score: 1, exclusive: false }, { score: 2, exclusive: true }]],
    [
      'zcount',
      ['key', '-inf', '(+inf'],
      ['key', { score: -Infinity, exclusive: false }, { score: Infinity, exclusive: true }],
    ],
    ['zcount', ['key', -Infinity, '(1.5e3'], ['key', bound(-Infinity), { score: 1_500, exclusive: true }]],
    ['zrangebyscore', ['key', 0, 1, { limit: [1, -1] }], ['key', bound(0), bound(1), { limit: [1, -1] }]],
    ['hrandfield', ['key', -2, { withValues: true }], ['key', -2, { withValues: true }]],
    ['hscan', ['key', '0', { match: 'a*', count: 5 }], ['key', '0', { match: 'a*', count: 5 }]],
    ['hscan', ['key', '9223372036854775808'], ['key', '9223372036854775808']],
    ['blpop', ['key', 0], [['key'], 0]],
    ['blpop', [['a', 'b'], '1s', {}], [['a', 'b'], 1_000, {}]],
  ])('%s(%j)', (name, args, got) => {
    expect(ready(name, ...args)).toEqual(got)
  })

  test('what may be left out is left out', () => {
    expect(ready('lpop', 'key')[1]).toBeUndefined()
    expect(ready('lpop', 'key', undefined)[1]).toBeUndefined()
    expect(ready('set', 'key', 'text', undefined)[2]).toBeUndefined()
    expect(ready('hrandfield', 'key', undefined, { withValues: false })[1]).toBeUndefined()
  })

  test('pairs are copies: what the caller changes later is not seen', () => {
    const fields = new Map([['a', '1']])
    const [, got] = ready('hset', 'key', fields)
    fields.set('b', '2')
    expect(got).toEqual([['a', '1']])
  })

  test('checked twice is checked once', () => {
    const value = fc.oneof(fc.string(), fc.double(), fc.integer(), fc.constant(undefined))
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.double({ noNaN: true }), { minKeys: 1 }), (members) => {
        const once = ready('zadd', 'key', members)
        expect(ready('zadd', ...once)).toEqual(once)
      }),
    )
    fc.assert(
      fc.property(fc.array(value), (args) => {
        let once: readonly unknown[]
        try {
          once = ready('set', ...args)
        } catch (error) {
          expect(error).toMatchObject({ name: 'CacheError', code: 'INVALID_ARGUMENT' })
          return
        }
        expect(ready('set', ...once)).toEqual(once)
      }),
    )
  })
})

test('K1: every kind that a row names is a basic one, or comes with the row', () => {
  for (const [name, { args, kinds }] of Object.entries<Command>(commands)) {
    const named = args.flatMap((fact) =>
      typeof fact === 'string' ? fact.replace(/\W/g, '') : Object.values(fact),
    )
    expect([name, named.filter((kind) => !(kind in { ...basic, ...kinds }))]).toEqual([name, []])
  }
})

describe('K5: a message tells command, key, what was wanted and what was found', () => {
  const duration = "a duration above zero, as 500 (milliseconds) or '5m'"

  test.each<[name: keyof Commands, args: unknown[], message: string, code?: ErrorCode]>([
    ['get', [5], `get wants a key, a string of at most ${MAX_KEY_LENGTH} characters as argument 1, found 5`],
    [
      'get',
      [],
      `get wants a key, a string of at most ${MAX_KEY_LENGTH} characters as argument 1, found undefined`,
    ],
    ['get', ['a', 'b'], 'get "a" wants 1 arguments at most, found 2'],
    ['set', ['user:1', { id: 1 }], 'set "user:1" wants a string as argument 2, found an object'],
    ['set', ['k', 't', 60], 'set "k" wants an options object, found 60'],
    ['set', ['k', 't', { ttl: 0 }], `set "k" wants ${duration} for ttl, found 0`],
    [
      'set',
      ['k', 't', { ex: 5 }],
      'set "k" wants only the options ttl, at, keepttl, nx, xx, get, found "ex"',
    ],
    ['set', ['k', 't', { nx: true, xx: true }], 'set "k" wants one of nx, xx, found nx with xx'],
    ['set', ['k', 't', { nx: 1 }], 'set "k" wants true or false for nx, found 1'],
    ['expire', ['k', '5 minutes'], `expire "k" wants ${duration} as argument 2, found "5 minutes"`],
    [
      'lrange',
      ['k', 0, 1.5],
      'lrange "k" wants an integer within ±2^53 as argument 3, found 1.5',
      'NOT_A_NUMBER',
    ],
    [
      'hrandfield',
      ['k', undefined, { withValues: true }],
      'hrandfield "k" wants argument 2, as options follow, found none',
    ],
    ['hscan', ['k', '0', { count: 0 }], 'hscan "k" wants a count of one or more for count, found 0'],
    ['lpop', ['k', -1], 'lpop "k" wants a count of zero or more as argument 2, found -1'],
    [
      'zincrby',
      ['k', Number.NaN, 'm'],
      'zincrby "k" wants a number as argument 2, found NaN',
      'NOT_A_NUMBER',
    ],
    [
      'hset',
      ['k', {}],
      'hset "k" wants names with strings (a record, a Map or pairs), at least one as argument 2, found an object',
    ],
    ['blpop', [[], 1], 'blpop wants a key or a list of them, at least one as argument 1, found an array'],
  ])('%s(%j)', (name, args, message, code = 'INVALID_ARGUMENT') => {
    expect(() => ready(name, ...args)).toThrow(expect.objectContaining({ name: 'CacheError', code, message }))
  })

  test('what was found is shown short, and without running its code', () => {
    const trap = {
      get [Symbol.toPrimitive](): never {
        throw new Error('ran')
      },
    }
    expect(() => ready('set', 'k', trap)).toThrow('found an object')
    expect(() => ready('set', 'k', () => 'text')).toThrow('found a function')
    expect(() => ready('set', 'k', Symbol('s'))).toThrow('found Symbol(s)')
    expect(() => ready('expire', 'k', trap)).toThrow('found an object')
    expect(() => ready('zcount', 'k', trap, 1)).toThrow('found an object')
    const long = 'k'.repeat(MAX_KEY_LENGTH + 1)
    expect(() => ready('get', long)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{0,250}$/) }),
    )
  })
})

describe('S1: keys have a limit', () => {
  test('of 65,536 characters', () => {
    expect(ready('get', 'k'.repeat(MAX_KEY_LENGTH))).toHaveLength(1)
    expect(() => ready('get', 'k'.repeat(MAX_KEY_LENGTH + 1))).toThrow('a string of at most 65536 characters')
    expect(() => ready('mset', { ['k'.repeat(MAX_KEY_LENGTH + 1)]: 'text' })).toThrow('65536')
  })
})

function bound(score: number): { score: number; exclusive: false } {
  return { score, exclusive: false }
}
