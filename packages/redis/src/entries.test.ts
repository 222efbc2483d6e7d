import { codeOf, type Entry } from '@jcache/driver'
import { Redis } from 'ioredis'
import { beforeAll, beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { startRedis } from '../../../scripts/servers/redis.ts'
import { redis } from './index.ts'

let driver: ReturnType<typeof redis>
let client: Redis
let key: string
let tests = 0

beforeAll(() => {
  driver = redis(inject('redisUrl'), { commandTimeout: '10s' })
  client = new Redis(inject('redisUrl'))
  return async () => {
    client.disconnect()
    await driver.close?.()
  }
})
beforeEach(() => {
  key = `entries:${process.pid}:${tests++}`
})

function entries() {
  if (!driver.entries) throw new Error('the driver has no entries')
  return driver.entries
}

const everyType: readonly Entry[] = [
  { type: 'string', value: 'a text', expiresAt: null },
  { type: 'string', value: '', expiresAt: null },
  { type: 'hash', value: [['__proto__', 'x']], expiresAt: null },
  { type: 'list', value: ['a', 'b', 'a'], expiresAt: null },
  { type: 'set', value: ['a'], expiresAt: null },
  {
    type: 'zset',
    value: [
      ['a', -Infinity],
      ['b', 0.1 + 0.2],
      ['c', 5e-324],
      ['d', 1e21],
      ['e', Number.MAX_VALUE],
      ['f', Infinity],
    ].sort(([, a], [, b]) => Number(a) - Number(b)) as [string, number][],
    expiresAt: null,
  },
]

describe('R3: dump and load', () => {
  test.each(everyType)('$type comes back as it was: $value', async (entry) => {
    await entries().load(key, entry)
    expect(await entries().dump(key, 1_000)).toEqual(entry)
    // Over another type, and with an expiry.
    await client.del(key)
    await client.rpush(key, 'old')
    await client.pexpire(key, 100_000)
    await entries().load(key, entry)
    expect(await entries().dump(key, 1_000)).toEqual(entry)
  })

  test('null without key', async () => {
    expect(await entries().dump(key, 1_000)).toBe(null)
  })

  test('a copy ends no later than its source', async () => {
    await client.set(key, 'text', 'PX', 60_000)
    const before = Date.now()
    const entry = await entries().dump(key, 100)
    const left = await client.pttl(key)
    const after = Date.now()
    if (!entry || entry === 'too-big' || entry.expiresAt === null) throw new Error('no entry with an expiry')
    expect(entry.expiresAt).toBeLessThanOrEqual(after + left)
    expect(entry.expiresAt).toBeGreaterThan(before + 59_000)
    for (const each of everyType) {
      const left = entry.expiresAt - Date.now()
      await entries().load(`${key}:copy`, { ...each, expiresAt: entry.expiresAt })
      expect(await client.pttl(`${key}:copy`)).toBeLessThanOrEqual(left)
      expect(await client.pttl(`${key}:copy`)).toBeGreaterThan(50_000)
    }
  })

  test('a past expiry removes the key', async () => {
    for (const entry of everyType) {
      await client.set(key, 'old')
      await entries().load(key, { ...entry, expiresAt: Date.now() - 1 })
      expect(await entries().holds(key)).toBe(false)
    }
  })

  test('an empty collection is no key', async () => {
    await client.set(key, 'old')
    await entries().load(key, { type: 'list', value: [], expiresAt: Date.now() + 60_000 })
    expect(await entries().holds(key)).toBe(false)
  })

  test('a list of a hundred thousand', async () => {
    const value = Array.from({ length: 100_000 }, (_, at) => `value ${at}`)
    await entries().load(key, { type: 'list', value, expiresAt: null })
    expect(await entries().dump(key, 10_000_000)).toEqual({ type: 'list', value, expiresAt: null })
  })
})

describe('R3: the limit', () => {
  test.each<[string, (key: string) => Promise<unknown>, number]>([
    ['a text', (key) => client.set(key, 'é'.repeat(10)), 10],
    ['a text of three bytes a character', (key) => client.set(key, '漢'.repeat(10)), 10],
    ['a text of four bytes for two', (key) => client.set(key, '🎈'.repeat(5)), 10],
    ['fields and texts', (key) => client.hset(key, 'field', 'value', 'é', 'x'), 12],
    ['values', (key) => client.rpush(key, 'aa', 'bb', 'cc'), 6],
    ['members', (key) => client.sadd(key, 'aa', 'bb', 'cc'), 6],
    ['scored members', (key) => client.zadd(key, 1, 'aa', 2, 'bb'), 4],
  ])('counts the characters of %s', async (_, put, characters) => {
    await put(key)
    expect(await entries().dump(key, characters)).not.toBe('too-big')
    expect(await entries().dump(key, characters - 1)).toBe('too-big')
  })

  test('what is far beyond it is not read', async () => {
    await client.set(`${key}:text`, 'x'.repeat(5_000_000))
    for (let at = 0; at < 50; at++) await client.hset(`${key}:hash`, `f${at}`, 'x'.repeat(100_000))
    await client.rpush(`${key}:list`, ...Array<string>(5_000).fill('x'))
    const sent = async () => Number(/total_net_output_bytes:(\d+)/.exec(await client.info('stats'))?.[1])
    const before = await sent()
    for (const each of ['text', 'hash', 'list'])
      expect(await entries().dump(`${key}:${each}`, 1_000)).toBe('too-big')
    expect((await sent()) - before).toBeLessThan(50_000)
    await client.del(`${key}:text`, `${key}:hash`, `${key}:list`)
  })

  test('a type without commands cannot be copied, and is not absent', async () => {
    await client.xadd(key, '*', 'a', '1')
    expect(await entries().dump(key, 1_000)).toBe('too-big')
    expect(await entries().holds(key)).toBe(true)
    expect(await Promise.resolve(driver.commands.type(key)).then(() => undefined, codeOf)).toBe('WRONG_TYPE')
    await client.del(key)
  })
})

describe('R3: all keys', () => {
  test('drop', async () => {
    await client.mset(`${key}:a`, '1', `${key}:b`, '2', `${key}:c`, '3')
    await entries().drop([`${key}:a`, `${key}:b`])
    await entries().drop([])
    expect(await client.exists(`${key}:a`, `${key}:b`, `${key}:c`)).toBe(1)
  })

  test('S1: a prefix is no pattern', async () => {
    const keys = [`${key}*`, `${key}?`, `${key}[a-c]`, `${key}\\`, `${key}^-`]
    for (const prefix of keys) {
      await client.mset(`${prefix}1`, 'mine', `${prefix}2`, 'mine', `${key}b1`, 'not', `${key}x`, 'not')
      const found: string[] = []
      for await (const [each] of entries().scan(prefix)) found.push(each)
      expect(found.sort()).toEqual([`${prefix}1`, `${prefix}2`])
      await entries().clear(prefix)
      expect(await client.exists(`${prefix}1`, `${prefix}2`, `${key}b1`, `${key}x`)).toBe(2)
    }
  })

  test('scan tells every key once, with its entry', async () => {
    const pipeline = client.pipeline()
    for (let at = 0; at < 1_234; at++) pipeline.set(`${key}:${at}`, String(at), 'PX', 60_000)
    await pipeline.exec()
    const found = new Map<string, Entry>()
    let told = 0
    for await (const [each, entry] of entries().scan(`${key}:`)) {
      found.set(each, entry)
      told++
    }
    expect(told).toBe(1_234)
    expect(found.size).toBe(1_234)
    expect(found.get(`${key}:7`)).toMatchObject({ type: 'string', value: '7', expiresAt: expect.any(Number) })
    await entries().clear(`${key}:`)
  })

  test('an expired key is gone', async () => {
    await client.set(key, 'text', 'PX', 1)
    await vi.waitFor(async () => expect(await entries().dump(key, 100)).toBe(null))
    expect(await entries().holds(key)).toBe(false)
  })
})

describe('R3: a server of its own', () => {
  async function start() {
    const server = await startRedis()
    const tiers = ['0', '1'].map((db) => redis(`${server.url}/${db}`))
    const client = new Redis(server.url)
    onTestFinished(async () => {
      client.disconnect()
      await Promise.all(tiers.map((tier) => tier.close?.()))
      await server.stop()
    })
    return { tiers, client }
  }

  test('gets the script anew when it has lost it', async () => {
    const { tiers, client } = await start()
    await client.set('k', 'text')
    for (let round = 0; round < 3; round++) {
      expect(await tiers[0]?.entries?.dump('k', 100)).toMatchObject({ value: 'text' })
      await client.script('FLUSH')
    }
  })

  test('need not allow MEMORY USAGE', async () => {
    const { tiers, client } = await start()
    await client.call('ACL', 'SETUSER', 'default', '-memory')
    await client.hset('k', 'field', 'value')
    expect(await tiers[0]?.entries?.dump('k', 100)).toMatchObject({ value: [['field', 'value']] })
  })

  test('is cleared of every key of the database, and no other', async () => {
    const { tiers } = await start()
    for (const tier of tiers) await tier.commands.set('k', 'text')
    await tiers[0]?.entries?.clear()
    expect(await tiers[0]?.entries?.holds('k')).toBe(false)
    expect(await tiers[1]?.entries?.holds('k')).toBe(true)
  })

  test('answers keys that are asked for together in one call, each as if alone', async () => {
    const { tiers, client } = await start()
    const dump = tiers[0]?.entries?.dump
    await client.set('text', 'text', 'PX', 60_000)
    await client.set('big', 'a text above the limit')
    await client.sadd('set', 'member')
    await client.xadd('stream', '*', 'field', 'value')
    const many = Array.from({ length: 250 }, (_, at) => `many:${at}`)
    await client.mset(many.flatMap((name, at) => [name, String(at)]))
    await dump?.('the script is there', 10)
    const before = await calls(client)
    expect(
      await Promise.all(['text', 'none', 'big', 'set', 'stream'].map((name) => dump?.(name, 10))),
    ).toEqual([
      { type: 'string', value: 'text', expiresAt: expect.any(Number) },
      null,
      'too-big',
      { type: 'set', value: ['member'], expiresAt: null },
      'too-big',
    ])
    expect(await calls(client)).toBe(before + 1)
    expect(await Promise.all(many.map((name, at) => dump?.(name, at % 5)))).toEqual(
      many.map((_, at) => (String(at).length > at % 5 ? 'too-big' : text(String(at)))),
    )
    expect(await calls(client)).toBe(before + 4)
  })

  test('tells of a key that may not be read, and reads the others', async () => {
    const { tiers, client } = await start()
    await client.set('open', 'text')
    await client.call('ACL', 'SETUSER', 'default', 'resetkeys', '~open')
    const [open, closed] = await Promise.allSettled(
      ['open', 'closed'].map((k) => tiers[0]?.entries?.dump(k, 10)),
    )
    expect(open).toEqual({ status: 'fulfilled', value: text('text') })
    expect(closed).toMatchObject({ reason: { message: expect.stringContaining('closed') } })
  })
})

function text(value: string): Entry {
  return { type: 'string', value, expiresAt: null }
}

/** How often scripts were run by their digest. */
async function calls(client: Redis): Promise<number> {
  return Number(/cmdstat_evalsha:calls=(\d+)/.exec(await client.info('commandstats'))?.[1])
}
