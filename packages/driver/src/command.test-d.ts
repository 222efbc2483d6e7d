import { describe, expectTypeOf, test } from 'vitest'
import type { Commands, CommandTable, DriverCommands, ReadyPairs, ScoreBound, ScoredMember } from './index.ts'

declare const client: Commands
declare const driver: DriverCommands<Commands>

interface One {
  get(key: string): Promise<string | null>
}

describe('K1: the row is held to the signature', () => {
  test('another reply kind does not compile', () => {
    // @ts-expect-error: get answers a text or null
    const table: CommandTable<One> = { get: { mode: 'read', args: ['key'], reply: 'boolean' } }
    void table
  })
  test('another argument kind does not compile', () => {
    // @ts-expect-error: the key is no integer
    const table: CommandTable<One> = { get: { mode: 'read', args: ['integer'], reply: 'text?' } }
    void table
  })
  test('a missing argument does not compile', () => {
    // @ts-expect-error: the key has no fact
    const table: CommandTable<One> = { get: { mode: 'read', args: [], reply: 'text?' } }
    void table
  })
  test('a kind that is not common and does not come with its row does not compile', () => {
    interface Count {
      count(key: string, max: ScoreBound): Promise<number>
    }
    // @ts-expect-error: nothing tells what a bound is
    const table: CommandTable<Count> = { count: { mode: 'read', args: ['key', 'bound'], reply: 'integer' } }
    void table
  })
  test('a missing row does not compile', () => {
    // @ts-expect-error: get has no row
    const table: CommandTable<One> = {}
    void table
  })
  test('a missing option does not compile', () => {
    interface Wait {
      wait(key: string, options?: { readonly a?: boolean; readonly b?: number }): Promise<void>
    }
    // @ts-expect-error: option b has no kind
    const table: CommandTable<Wait> = { wait: { mode: 'read', args: ['key', { a: 'flag' }], reply: 'void' } }
    void table
  })
})

describe('K2: options decide what is answered', () => {
  test('set', () => {
    expectTypeOf(client.set('k', 'v')).resolves.toEqualTypeOf<boolean>()
    expectTypeOf(client.set('k', 'v', { ttl: '5m' })).resolves.toEqualTypeOf<boolean>()
    expectTypeOf(client.set('k', 'v', { get: true })).resolves.toEqualTypeOf<string | null>()
  })
  test('pops', () => {
    expectTypeOf(client.lpop('k')).resolves.toEqualTypeOf<string | null>()
    expectTypeOf(client.lpop('k', 2)).resolves.toEqualTypeOf<string[] | null>()
  })
  test('places', () => {
    expectTypeOf(client.lpos('k', 'v')).resolves.toEqualTypeOf<number | null>()
    expectTypeOf(client.lpos('k', 'v', { rank: -1 })).resolves.toEqualTypeOf<number | null>()
    expectTypeOf(client.lpos('k', 'v', { count: 0 })).resolves.toEqualTypeOf<number[]>()
  })
  test('picks', () => {
    expectTypeOf(client.spop('k')).resolves.toEqualTypeOf<string | null>()
    expectTypeOf(client.srandmember('k', -2)).resolves.toEqualTypeOf<string[]>()
    expectTypeOf(client.hrandfield('k')).resolves.toEqualTypeOf<string | null>()
    expectTypeOf(client.hrandfield('k', 2)).resolves.toEqualTypeOf<string[]>()
    expectTypeOf(client.hrandfield('k', 2, { withValues: true })).resolves.toEqualTypeOf<
      [field: string, value: string][]
    >()
  })
  test('ranges', () => {
    expectTypeOf(client.zrange('k', 0, -1)).resolves.toEqualTypeOf<string[]>()
    expectTypeOf(client.zrange('k', 0, -1, { withScores: true })).resolves.toEqualTypeOf<ScoredMember[]>()
    expectTypeOf(client.zrangebyscore('k', '(5', Infinity, { limit: [0, 1] })).resolves.toEqualTypeOf<
      string[]
    >()
    expectTypeOf(client.zadd('k', { a: 1 })).resolves.toEqualTypeOf<number>()
    expectTypeOf(client.zadd('k', { a: 1 }, { incr: true })).resolves.toEqualTypeOf<number | null>()
  })
  test('durations have units', () => {
    // @ts-expect-error: no such unit
    void client.expire('k', '5 minutes')
  })
})

describe('K4: drivers get arguments that are ready', () => {
  test('durations, instants and pairs', () => {
    expectTypeOf(driver.expire).parameters.toEqualTypeOf<[key: string, ttl: number]>()
    expectTypeOf(driver.expireat).parameters.toEqualTypeOf<[key: string, at: number]>()
    expectTypeOf(driver.hset).parameters.toEqualTypeOf<[key: string, fields: ReadyPairs<string>]>()
    expectTypeOf(driver.zadd).parameter(1).toEqualTypeOf<ReadyPairs<number>>()
    expectTypeOf(driver.blpop).parameter(0).toEqualTypeOf<readonly string[]>()
    expectTypeOf(driver.zcount)
      .parameter(1)
      .toEqualTypeOf<{ readonly score: number; readonly exclusive: boolean }>()
    expectTypeOf(driver.set)
      .parameter(2)
      .exclude(undefined)
      .toHaveProperty('ttl')
      .exclude(undefined)
      .toEqualTypeOf<number>()
    expectTypeOf(driver.get).returns.toEqualTypeOf<string | null | Promise<string | null>>()
  })
})
