import { CacheError, string } from '@jcache/driver'
import { memory } from '@jcache/memory'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createClient, createClientOf } from './client.ts'
import { faulty, settled } from './faulty.fixture.ts'
import type { ClientOptions } from './options.ts'
import { tiered } from './tiered.ts'

/** A client over memory and a shared truth, on one clock. */
function nearAndTruth(options: ClientOptions = {}) {
  const clock = { time: 1_000_000 }
  const now = () => clock.time
  const near = memory({ now })
  const truth = faulty(memory({ now }))
  const client = createClient([near, truth], { now, ...options })
  return { clock, near, truth, client }
}

describe('T3: writes run on truth alone, then copies are dropped or replaced', () => {
  test('what set leaves is kept near', async () => {
    const { client, near, truth } = nearAndTruth()
    near.commands.hset('k', [['f', 'old']])
    expect(await client.set('k', 'v')).toBe(true)
    expect(near.commands.get('k')).toBe('v')
    expect(await client.get('k')).toBe('v')
    expect(truth.log).toEqual(['set k'])
  })

  test('what mset leaves is kept near, the last of equal keys', async () => {
    const { client, near, truth } = nearAndTruth()
    await client.mset([
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ])
    expect(near.commands.mget('a', 'b')).toEqual(['3', '2'])
    expect(truth.log).toEqual(['mset a b a'])
  })

  test.each([
    ['is no longer than the ttl', { ttl: 2_000 }, 2_000],
    ['is no longer than nearTtl', { ttl: 60_000 }, 5_000],
    ['is nearTtl without expiry', {}, 5_000],
  ])('the life of what is kept %s', async (_, options, left) => {
    const { client, near, truth, clock } = nearAndTruth()
    truth.hold('set')
    const write = client.set('k', 'v', options)
    await settled()
    clock.time += 100
    await truth.release()
    await write
    expect(near.commands.ttl('k')).toBe(left === 5_000 ? 5_000 : left - 100)
  })

  test.each([
    { nx: true, get: true },
    { xx: true, get: true },
    { keepttl: true },
    { at: 9_000_000 },
  ] as const)('set with %j leaves what only truth knows: the copy is dropped', async (options) => {
    const { client, near, truth } = nearAndTruth()
    truth.behind.commands.set('k', 'old')
    near.commands.set('k', 'old')
    await client.set('k', 'v', options)
    expect(near.entries.holds('k')).toBe(false)
  })

  test.each([
    ['xx', 'old', 'v'],
    ['nx', null, 'v'],
    ['xx', null, undefined],
    ['nx', 'old', undefined],
  ] as const)(
    'set with %s over %j leaves %j in the copy: its answer tells',
    async (condition, before, kept) => {
      const { client, near, truth } = nearAndTruth()
      if (before !== null) {
        truth.behind.commands.set('k', before)
        near.commands.set('k', before)
      }
      expect(await client.set('k', 'v', { [condition]: true })).toBe(kept !== undefined)
      expect(near.commands.get('k') ?? undefined).toBe(kept)
    },
  )

  test('set with get answers the old text and keeps the new one', async () => {
    const { client, near, truth } = nearAndTruth()
    truth.behind.commands.set('k', 'old')
    expect(await client.set('k', 'v', { get: true })).toBe('old')
    expect(near.commands.get('k')).toBe('v')
  })

  test('what is too big to be copied is not kept', async () => {
    const { client, near } = nearAndTruth({ entryLimit: 3 })
    await client.set('k', 'four')
    expect(near.entries.holds('k')).toBe(false)
  })

  test('every key a write touches loses its copy', async () => {
    const { client, near, truth } = nearAndTruth()
    for (const key of ['a', 'b', 'c']) near.commands.set(key, 'copy')
    truth.behind.commands.rpush('list', 'v')
    near.commands.rpush('list', 'v')
    await client.del('a', 'b')
    expect(await client.blpop(['list', 'c'], 10)).toEqual(['list', 'v'])
    expect(['a', 'b', 'c', 'list'].filter((key) => near.entries.holds(key))).toEqual([])
  })

  test('a write that names no keys may have touched any', async () => {
    const table = { get: string.get, wipe: { mode: 'write', args: [], reply: 'void' } } as const
    const store = memory()
    const far = faulty(store)
    const truth = {
      ...far,
      commands: { ...far.commands, wipe: () => Promise.resolve(store.commands.del('k')).then(() => {}) },
    }
    const near = memory()
    const client = createClientOf<{ get(key: string): Promise<string | null>; wipe(): Promise<void> }>(
      table,
      tiered([near, truth]),
    )
    near.commands.set('k', 'copy')
    expect(await client.get('k')).toBe('copy')
    await client.wipe()
    expect(await client.get('k')).toBe(null)
  })

  test('flushall leaves no copy: near, shared or behind truth', async () => {
    const [near, middle, truth, backup] = [memory(), faulty(memory()), faulty(memory()), memory()]
    const client = createClient([near, middle, truth, backup])
    truth.behind.commands.set('k', 'v')
    expect(await client.get('k')).toBe('v')
    await settled()
    expect(
      await Promise.all([near, middle.behind, backup].map(({ commands }) => commands.exists('k'))),
    ).toEqual([1, 1, 1])
    await client.flushall()
    expect(await client.get('k')).toBe(null)
    truth.fail(1)
    await expect(client.get('k')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  test('flushall without an answer may have happened: copies are in doubt', async () => {
    const { client, near, truth } = nearAndTruth()
    near.commands.set('k', 'copy')
    truth.fail(1, { side: 'answer' })
    await expect(client.flushall()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(await client.get('k')).toBe(null)
  })

  test('rename drops the copies under both names', async () => {
    const { client, near, truth } = nearAndTruth()
    truth.behind.commands.mset([
      ['old', '1'],
      ['new', '2'],
    ])
    expect(await client.mget('old', 'new')).toEqual(['1', '2'])
    await client.rename('old', 'new')
    expect(near.commands.exists('old', 'new')).toBe(0)
    expect(await client.mget('old', 'new')).toEqual([null, '1'])
  })

  test('a definite error is told as it is', async () => {
    const { client, truth } = nearAndTruth()
    truth.behind.commands.set('k', 'text')
    await expect(client.incrby('k', 1)).rejects.toMatchObject({ code: 'NOT_A_NUMBER' })
    await expect(client.hset('k', { f: '1' })).rejects.toMatchObject({ code: 'WRONG_TYPE' })
  })

  test('a wrong argument is told before anything is asked or dropped', async () => {
    const { client, near, truth } = nearAndTruth()
    near.commands.set('k', 'copy')
    await expect(client.incrby('k', 0.5)).rejects.toMatchObject({ code: 'NOT_A_NUMBER' })
    expect(near.commands.get('k')).toBe('copy')
    expect(truth.log).toEqual([])
  })
})

describe('T4: without an answer the copies are dropped and the caller is told', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('a lost answer', async () => {
    const { client, near, truth } = nearAndTruth()
    near.commands.set('k', 'old')
    truth.fail(1, { side: 'answer' })
    await expect(client.set('k', 'new')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(near.entries.holds('k')).toBe(false)
    expect(await client.get('k')).toBe('new')
  })

  test('no answer within the deadline', async () => {
    const { client, near, truth } = nearAndTruth()
    near.commands.set('k', 'old')
    truth.hold('set')
    const write = client.set('k', 'new')
    const told = expect(write).rejects.toMatchObject({ code: 'TIMEOUT' })
    await vi.advanceTimersByTimeAsync(1_000)
    await told
    expect(near.entries.holds('k')).toBe(false)
  })

  test('an effect that comes after the deadline drops the copies made meanwhile', async () => {
    const { client, near, truth } = nearAndTruth()
    truth.behind.commands.set('k', 'old')
    truth.hold('set', 'request')
    const told = expect(client.set('k', 'new')).rejects.toMatchObject({ code: 'TIMEOUT' })
    await vi.advanceTimersByTimeAsync(1_000)
    await told
    expect(await client.get('k')).toBe('old')
    await truth.release()
    expect(near.entries.holds('k')).toBe(false)
    expect(await client.get('k')).toBe('new')
  })

  test('a write that was never sent leaves the copies as they are', async () => {
    const { client, near, truth } = nearAndTruth({ failures: 1 })
    truth.fail(1)
    await expect(client.get('other')).rejects.toThrow()
    near.commands.set('k', 'copy')
    await expect(client.set('k', 'new')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(near.commands.get('k')).toBe('copy')
    expect(truth.log).toEqual(['dump other'])
  })
})

describe('C5: after a write has resolved, nothing older is read', () => {
  test('though a read came between the messages to a shared copy tier', async () => {
    const near = memory()
    const middle = faulty(memory())
    const truth = faulty(memory())
    const client = createClient([near, middle, truth])
    truth.behind.commands.set('k', 'old')
    middle.behind.commands.set('k', 'old')
    middle.hold('drop', 'request')
    const write = client.set('k', 'new')
    await settled()
    expect(await client.get('k')).toBe('old')
    await middle.release()
    await write
    expect(await client.get('k')).toBe('new')
  })

  test('though a copy was on its way to a shared tier', async () => {
    const middle = faulty(memory())
    const truth = faulty(memory())
    const client = createClient([middle, truth])
    truth.behind.commands.set('k', 'old')
    middle.hold('load', 'request')
    expect(await client.get('k')).toBe('old')
    const write = client.set('k', 'new')
    await settled()
    await middle.release()
    await write
    expect(middle.behind.entries?.holds('k')).toBe(false)
    expect(await client.get('k')).toBe('new')
  })

  test('though two shared tiers copy from each other', async () => {
    const [first, second, truth] = [faulty(memory()), faulty(memory()), faulty(memory())]
    const client = createClient([memory(), first, second, truth])
    for (const tier of [second, truth]) tier.behind.commands.set('k', 'old')
    second.hold('drop', 'request')
    const write = client.set('k', 'new')
    await settled()
    expect(await client.get('k')).toBe('old')
    await second.release()
    await write
    expect(await client.get('k')).toBe('new')
  })

  test('though a shared tier could not be told: it is left alone until its copies have expired', async () => {
    const clock = { time: 1_000_000 }
    const now = () => clock.time
    const middle = faulty(memory({ now }))
    const truth = faulty(memory({ now }))
    const client = createClient([memory({ now }), middle, truth], { now })
    truth.behind.commands.set('k', 'old')
    await client.get('k')
    await settled()
    middle.fail(1, { error: new CacheError('TIMEOUT', 'late'), call: 'drop' })
    await client.set('k', 'new')
    expect(await client.get('k')).toBe('new')
    clock.time += 4_999
    await client.del('other')
    expect(middle.log.filter((line) => line === 'dump k')).toHaveLength(1)
    clock.time += 1
    expect(await client.get('k')).toBe('new')
    expect(middle.log.filter((line) => line === 'dump k')).toHaveLength(2)
  })
})
