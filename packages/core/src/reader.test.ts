import { type AnyTable, commands, type Entry } from '@jcache/driver'
import { memory } from '@jcache/memory'
import { describe, expect, test } from 'vitest'
import { createClient } from './client.ts'
import { faulty, settled } from './faulty.fixture.ts'
import type { ClientOptions } from './options.ts'

/** A client over memory and a shared truth, on one clock. */
function nearAndTruth(options: ClientOptions = {}) {
  const clock = { time: 1_000_000 }
  const now = () => clock.time
  const near = memory({ now })
  const truth = faulty(memory({ now }))
  const client = createClient([near, truth], { now, ...options })
  return { clock, near, truth, client, set: truth.behind.commands.set, hset: truth.behind.commands.hset }
}

/** Arguments that a command takes, by kind. */
const sampleOf: Readonly<Record<string, unknown>> = { key: 'k', text: 'x', integer: 0, bound: 1, lex: '-' }

describe('T1: the first tier that holds the key answers', () => {
  test('a hash that lacks the field is an answer', async () => {
    const { client, near, truth, hset } = nearAndTruth()
    hset('k', [['there', 'far']])
    near.commands.hset('k', [['other', 'near']])
    expect(await client.hget('k', 'there')).toBe(null)
    expect(await client.hmget('k', 'there')).toEqual([null])
    expect(truth.log).toEqual([])
  })

  const reads = Object.entries(commands as unknown as AnyTable).filter(
    ([, { mode, args, truth }]) => mode === 'read' && args[0] === 'key' && !truth,
  )
  test.each(reads)('a missing key is none: %s', async (name, { args }) => {
    const { client, truth } = nearAndTruth()
    const given = args
      .map((fact) => (typeof fact === 'string' ? fact.replace('...', '') : ''))
      .flatMap((kind) => (kind in sampleOf ? [sampleOf[kind]] : []))
    await Reflect.apply(Reflect.get(client, name), client, given)
    expect(truth.log).toEqual(['dump k'])
  })

  test('an empty text is an answer', async () => {
    const { client, near, truth } = nearAndTruth()
    near.commands.set('k', '')
    expect(await client.get('k')).toBe('')
    expect(truth.log).toEqual([])
  })

  test('a wrong type is an answer', async () => {
    const { client, near, truth } = nearAndTruth()
    near.commands.set('k', 'text')
    await expect(client.hget('k', 'f')).rejects.toMatchObject({ code: 'WRONG_TYPE' })
    expect(truth.log).toEqual([])
  })

  test('a wrong type at truth is told, though a backup would know an answer', async () => {
    const backup = memory()
    const truth = faulty(memory())
    const client = createClient([truth, backup])
    truth.behind.commands.set('k', 'text')
    backup.commands.hset('k', [['f', 'old']])
    await expect(client.hget('k', 'f')).rejects.toMatchObject({ code: 'WRONG_TYPE' })
  })

  test('ttl is asked of truth', async () => {
    const { client, near, truth, set } = nearAndTruth()
    set('k', 'v', { ttl: 60_000 })
    near.commands.set('k', 'v', { ttl: 5 })
    expect(await client.ttl('k')).toBe(60_000)
    expect(truth.log).toEqual(['ttl k'])
  })
})

describe('T2: what truth answered is copied as a whole entry', () => {
  test('one fetch serves every command on the key', async () => {
    const { client, truth, hset } = nearAndTruth()
    hset('k', [
      ['a', '1'],
      ['b', '2'],
    ])
    expect(await client.hget('k', 'a')).toBe('1')
    expect(await client.hgetall('k')).toEqual({ a: '1', b: '2' })
    expect(await client.hlen('k')).toBe(2)
    expect(truth.log).toEqual(['dump k'])
  })

  const lives: readonly (readonly [string, number | undefined, ClientOptions, number])[] = [
    ['no longer than its source', 2_000, {}, 2_000],
    ['no longer than nearTtl', 60_000, {}, 5_000],
    ['for nearTtl without expiry', undefined, {}, 5_000],
    ['for another nearTtl', 60_000, { nearTtl: '10s' }, 10_000],
    ['less by jitter', 60_000, { jitter: 0.5, random: () => 0.5 }, 3_750],
    ['not less by jitter of no luck', 60_000, { jitter: 0.5, random: () => 0 }, 5_000],
  ]
  test.each(lives)('a copy lives %s', async (_, ttl, options, left) => {
    const { client, near, set } = nearAndTruth(options)
    set('k', 'v', ttl ? { ttl } : {})
    await client.get('k')
    expect(near.commands.ttl('k')).toBe(left)
  })

  test('a copy of a copy is not given a new life', async () => {
    const clock = { time: 1_000_000 }
    const now = () => clock.time
    const [nearest, near, truth] = [memory({ now }), memory({ now }), faulty(memory({ now }))]
    const client = createClient([nearest, near, truth], { now })
    truth.behind.commands.set('k', 'v')
    await client.get('k')
    nearest.commands.del('k')
    clock.time += 3_000
    expect(await client.get('k')).toBe('v')
    expect(nearest.commands.ttl('k')).toBe(2_000)
    expect(truth.log).toEqual(['dump k'])
  })

  test('what is too big is asked of truth itself', async () => {
    const { client, near, truth, set } = nearAndTruth({ entryLimit: 3 })
    set('big', 'four')
    set('fits', 'abc')
    expect(await client.get('big')).toBe('four')
    expect(await client.get('fits')).toBe('abc')
    expect(truth.log).toEqual(['dump big', 'get big', 'dump fits'])
    expect([near.entries.holds('big'), near.entries.holds('fits')]).toEqual([false, true])
  })

  test('what a near tier has no room or no type for is asked of truth itself', async () => {
    const truth = faulty(memory())
    const near = memory()
    const client = createClient([{ ...near, entries: { ...near.entries, load: refuse } }, truth])
    truth.behind.commands.set('k', 'v')
    expect(await client.get('k')).toBe('v')
    expect(truth.log).toEqual(['dump k', 'get k'])
  })

  test('what expires on its way is not there', async () => {
    const { client, near, truth, clock, set } = nearAndTruth()
    set('k', 'v', { ttl: 10 })
    truth.hold('dump')
    const read = client.get('k')
    await settled()
    clock.time += 10
    await truth.release()
    expect(await read).toBe(null)
    expect(near.entries.holds('k')).toBe(false)
  })
})

describe('T6: reads of many keys', () => {
  test('each key is taken from the nearest tier that has it, in order, as often as named', async () => {
    const { client, near, truth, set } = nearAndTruth()
    near.commands.set('a', 'near')
    set('a', 'far')
    set('b', 'far')
    expect(await client.mget('b', 'a', 'none', 'b', 'a')).toEqual(['far', 'near', null, 'far', 'near'])
    expect(truth.log).toEqual(['dump b', 'dump none'])
    expect(await client.exists('a', 'a', 'none', 'b')).toBe(3)
  })

  test('keys all near cost no call', async () => {
    const { client, near, truth } = nearAndTruth()
    near.commands.set('a', '1')
    near.commands.set('b', '2')
    expect(await client.mget('a', 'b')).toEqual(['1', '2'])
    expect(await client.exists('a', 'b')).toBe(2)
    expect(truth.log).toEqual([])
  })

  test('those that cannot be kept are asked in one call', async () => {
    const { client, near, truth, set } = nearAndTruth({ entryLimit: 1 })
    near.commands.set('a', 'near')
    set('b', 'big')
    set('c', 'd')
    set('e', 'big too')
    expect(await client.mget('e', 'a', 'b', 'c', 'e')).toEqual(['big too', 'near', 'big', 'd', 'big too'])
    expect(truth.log).toEqual(['dump e', 'dump b', 'dump c', 'mget e b e'])
    truth.log.length = 0
    expect(await client.exists('e', 'a', 'b', 'none')).toBe(3)
    expect(truth.log.at(-1)).toBe('exists e b')
  })

  test('a single tier is asked once', async () => {
    const truth = faulty(memory())
    const client = createClient([truth])
    truth.behind.commands.set('a', '1')
    expect(await client.mget('b', 'a', 'b')).toEqual([null, '1', null])
    expect(truth.log).toEqual(['mget b a b'])
  })

  test('a copy that cannot be read fails the call, and nothing is left unhandled', async () => {
    const truth = faulty(memory())
    const near = memory()
    const mget = () => {
      throw new Error('broken tier')
    }
    const client = createClient([{ ...near, commands: { ...near.commands, mget } }, truth])
    near.commands.set('b', '2')
    truth.fail(1)
    await expect(client.mget('a', 'b')).rejects.toThrow('broken tier')
    await settled()
  })

  test('a backup answers if it holds them all', async () => {
    const [truth, backup] = [faulty(memory()), memory()]
    const client = createClient([truth, backup])
    backup.commands.set('a', '1')
    backup.commands.set('b', '2')
    truth.fail(Number.POSITIVE_INFINITY)
    expect(await client.mget('b', 'a')).toEqual(['2', '1'])
    await expect(client.mget('a', 'none')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})

describe('T7: one fetch per key at a time', () => {
  test('a hundred reads of different commands share one dump', async () => {
    const { client, truth, hset } = nearAndTruth()
    hset('k', [['f', '1']])
    const reads = Array.from({ length: 25 }, () => [
      client.hget('k', 'f'),
      client.hlen('k'),
      client.hgetall('k'),
      client.hexists('k', 'f'),
    ]).flat()
    expect((await Promise.all(reads)).slice(0, 4)).toEqual(['1', 1, { f: '1' }, true])
    expect(truth.log).toEqual(['dump k'])
  })

  test('an error is shared by all who wait, and the next call tries again', async () => {
    const { client, truth, set } = nearAndTruth()
    set('k', 'v')
    truth.fail(1)
    const reads = await Promise.allSettled(Array.from({ length: 10 }, () => client.get('k')))
    const errors = new Set(reads.map((read) => read.status === 'rejected' && read.reason))
    expect([...errors]).toMatchObject([{ code: 'UNAVAILABLE' }])
    expect(truth.log).toEqual(['dump k'])
    expect(await client.get('k')).toBe('v')
  })

  test('keys do not wait for each other', async () => {
    const { client, truth, set } = nearAndTruth()
    set('a', '1')
    set('b', '2')
    truth.hold('dump')
    const a = client.get('a')
    const b = client.get('b')
    await settled()
    truth.waiting[1]?.go()
    expect(await b).toBe('2')
    await truth.release()
    expect(await a).toBe('1')
  })
})

function refuse(_key: string, _entry: Entry): void {
  throw new Error('no room')
}
