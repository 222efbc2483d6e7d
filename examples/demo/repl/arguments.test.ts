import { type Commands, checkOf, commands } from '@jcache/driver'
import { describe, expect, test } from 'vitest'
import { argumentsOf } from './arguments.ts'
import { PromptError, wordsOf } from './words.ts'

function parse(line: string): unknown[] {
  const [name, ...words] = wordsOf(line)
  return argumentsOf(commands[name?.text as keyof Commands], words)
}

describe('words become the arguments of the row', () => {
  test.each<[string, unknown[]]>([
    ['get k', ['k']],
    ['get 42', ['42']],
    ['set hello world ttl 5m', ['hello', 'world', { ttl: '5m' }]],
    ['set k v TTL 500 NX get', ['k', 'v', { ttl: 500, nx: true, get: true }]],
    ['set k ttl', ['k', 'ttl']],
    ['set k v at 2030-01-01', ['k', 'v', { at: new Date('2030-01-01') }]],
    ['set k v at 1893456000000', ['k', 'v', { at: 1893456000000 }]],
    ['del a b c', ['a', 'b', 'c']],
    [
      'mset a 1 b 2',
      [
        [
          ['a', '1'],
          ['b', '2'],
        ],
      ],
    ],
    [
      'hset h f v __proto__ w',
      [
        'h',
        [
          ['f', 'v'],
          ['__proto__', 'w'],
        ],
      ],
    ],
    [
      'zadd board ann 10 bob -inf',
      [
        'board',
        [
          ['ann', 10],
          ['bob', Number.NEGATIVE_INFINITY],
        ],
      ],
    ],
    ['zadd board ann 10 xx ch', ['board', [['ann', 10]], { xx: true, ch: true }]],
    ['zadd board nx 5', ['board', [['nx', 5]]]],
    [
      'zadd board ann 10 "nx" 5',
      [
        'board',
        [
          ['ann', 10],
          ['nx', 5],
        ],
      ],
    ],
    ['zrange z 0 -1 withscores', ['z', 0, -1, { withScores: true }]],
    ['zrangebyscore z (5 +inf limit 0 10', ['z', '(5', Number.POSITIVE_INFINITY, { limit: [0, 10] }]],
    [
      'zunionstore d a b weights 2 -inf aggregate max',
      ['d', ['a', 'b'], { weights: [2, Number.NEGATIVE_INFINITY], aggregate: 'max' }],
    ],
    ['lpop q', ['q']],
    ['lpop q 2', ['q', 2]],
    ['blpop q 5', ['q', 5]],
    ['blpop q r 5s', [['q', 'r'], '5s']],
    ['zincrby z 0.5 m', ['z', 0.5, 'm']],
  ])('%s', (line, args) => expect(parse(line)).toEqual(args))

  test('what is no number is left to the client to refuse', () => {
    expect(parse('incrby k ten')).toEqual(['k', 'ten'])
    expect(parse('incrby k ""')).toEqual(['k', ''])
    expect(() => checkOf('incrby', commands.incrby)(parse('incrby k ten'))).toThrow(/"ten"/)
  })

  test.each([
    ['set k', /Too few words: at least 2/],
    ['set k v w', /"w" is one word too many/],
    ['set k v ttl', /"ttl".*without its value/],
    ['mset a 1 b', /Half a pair/],
    ['zadd board ann 10 bob', /Half a pair/],
    ['get a b', /"b" is one word too many/],
    ['zrangebyscore z 0 1 limit 5', /"limit"/],
  ])('%s is refused', (line, reason) => {
    expect(() => parse(line)).toThrow(PromptError)
    expect(() => parse(line)).toThrow(reason)
  })

  test('every command takes the words that its usage shows, and its check lets them pass', () => {
    const words: Record<string, string> = {
      key: 'k',
      text: 't',
      integer: '1',
      count: '1',
      positive: '1',
      cursor: '0',
      double: '1.5',
      duration: '5m',
      timeout: '1s',
      instant: '2030-01-01',
      bound: '(1',
      lex: '[a',
      weights: '2.5',
      aggregate: 'max',
      limit: '0 1',
      flag: '',
      end: 'left',
      beside: 'before',
      type: 'list',
      keys: 'k',
      keyed: 'k v',
      pairs: 'f v',
      scores: 'm 1',
    }
    for (const [name, command] of Object.entries(commands)) {
      const line = command.args.map((fact) =>
        typeof fact === 'string' ? words[fact.replace(/\W/g, '')] : '',
      )
      expect(() => checkOf(name, command)(parse([name, ...line].join(' '))), name).not.toThrow()
      for (const [option, kind] of Object.entries(
        command.args.find((fact) => typeof fact === 'object') ?? {},
      )) {
        if (kind === 'signal') continue
        const given = parse([name, ...line, option, words[kind]].join(' '))
        expect(given.at(-1), `${name} ${option}`).toHaveProperty(option)
        expect(() => checkOf(name, command)(given), `${name} ${option}`).not.toThrow()
      }
    }
  })
})
