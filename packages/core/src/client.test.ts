import { CacheError, commands, type Driver, hash, keys, string } from '@jcache/driver'
import { hashGroup, keyGroup, memory, memoryOf, stringGroup } from '@jcache/memory'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createClient, createClientOf } from './client.ts'
import type { ClientEvent } from './event.ts'
import { faulty, settled } from './faulty.fixture.ts'
import { createHashClient, createListClient, createStringClient } from './narrow.ts'
import { tiered } from './tiered.ts'

/** Passes values of wrong types, as JavaScript can. */
const untyped = <Wanted>(value: unknown): Wanted => value as Wanted

describe('K4: what cannot work is told when the client is created', () => {
  test('a client without tiers', () => {
    expect(() => createClient(untyped<[Driver]>([]))).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    )
    expect(() => createClient(untyped<[Driver]>(memory()))).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    )
    expect(() => createClient(untyped<[Driver]>([undefined]))).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    )
  })

  test.each([
    ['unknown', 1],
    ['failures', 0],
    ['jitter', 1.5],
    ['entryLimit', -1],
    ['deadline', 0],
    ['deadline', 'soon'],
    ['nearTtl', -1],
    ['absentTtl', 'long'],
    ['now', 5],
    ['onEvent', 'log'],
  ])('the option %s: %j', (option, value) => {
    expect(() => createClient([memory()], untyped({ [option]: value }))).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringContaining(option) }),
    )
  })

  test('a command that truth lacks', () => {
    const strings = memoryOf(keyGroup, stringGroup)
    const unsupported = expect.objectContaining({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('hget'),
    })
    expect(() => createClientOf(hash, untyped(strings()))).toThrow(unsupported)
    expect(() => createClientOf(hash, tiered([memory(), faulty(strings())]))).toThrow(unsupported)
    expect(() => createHashClient(untyped([memory(), faulty(strings())]))).toThrow(unsupported)
    const client: object = createClient([memory(), faulty(strings())])
    expect('hget' in client).toBe(false)
    expect('push' in client).toBe(false)
  })

  test('a narrow client that cannot be created leaves no subscription', () => {
    const truth = faulty(memoryOf(keyGroup, stringGroup)(), { stream: true })
    expect(() => createHashClient(untyped([memory(), truth]))).toThrow()
    expect(truth.subscribers).toBe(0)
  })
})

describe('createClientOf', () => {
  test('over one local driver it has the commands of the table', async () => {
    const client = createClientOf(string, memoryOf(stringGroup)())
    expect(await client.set('k', 'v')).toBe(true)
    expect(await client.get('k')).toBe('v')
    expect(client.peek('k')).toBe('v')
    expect(client.tiers).toEqual([{ name: 'memory', scope: 'local', role: 'truth' }])
    expect(await client.explain('get', 'k')).toMatchObject({ answer: 'v', age: 0, stale: false })
    await expect(client.get(untyped(5))).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
    expect('hget' in client).toBe(false)
    await client.close()
    await expect(client.get('k')).rejects.toMatchObject({ code: 'CLOSED' })
  })

  test('the table of all commands does not decide what createClient offers', async () => {
    const plain: object = createClientOf(commands, memory())
    const client = createClient([memory()])
    expect(['push', 'pop', 'shift', 'unshift'].filter((name) => name in plain)).toEqual([])
    expect(await client.push('list', 'a', 'b')).toBe(2)
  })

  test('a driver may use `this` in its commands', async () => {
    const store = new Map<string, string>()
    const driver: Driver<Pick<typeof string, never> & { get(key: string): Promise<string | null> }> = {
      name: 'own',
      scope: 'shared',
      commands: untyped({
        store,
        get(this: { store: Map<string, string> }, key: string) {
          return this.store.get(key) ?? null
        },
      }),
    }
    store.set('k', 'v')
    expect(await createClient([driver]).get('k')).toBe('v')
  })
})

describe('T8: a near hit', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('makes no call and starts no timer', async () => {
    const near = memory()
    const truth = faulty(memory())
    const client = createClient([near, truth])
    near.commands.set('k', 'v')
    near.commands.hset('h', [['f', 'v']])
    const timers = vi.getTimerCount()
    const reads = [client.get('k'), client.hget('h', 'f'), client.mget('k'), client.exists('h')]
    expect(vi.getTimerCount()).toBe(timers)
    expect(await Promise.all(reads)).toEqual(['v', 'v', ['v'], 1])
    expect(truth.log).toEqual([])
  })

  test('peek answers at once, undefined where only a farther tier could tell', () => {
    const near = memory()
    const truth = faulty(memory())
    const client = createClient([near, truth])
    truth.behind.commands.set('far', 'v')
    near.commands.set('near', 'v')
    near.commands.hset('h', [['f', 'v']])
    expect([client.peek('near'), client.peek('far')]).toEqual(['v', undefined])
    expect(() => client.peek('h')).toThrow(expect.objectContaining({ code: 'WRONG_TYPE' }))
    expect(truth.log).toEqual([])
  })

  test('peek looks through the local tiers up to truth', () => {
    const [near, truth] = [memory(), memory()]
    const client = createClient([near, truth])
    truth.commands.set('k', 'v')
    expect([client.peek('k'), client.peek('none')]).toEqual(['v', null])
  })
})

describe('T9: where an answer came from', () => {
  test('explain tells tier, age and staleness', async () => {
    const clock = { time: 1_000_000 }
    const now = () => clock.time
    const near = memory({ name: 'near', now })
    const truth = faulty(memory({ now }), { name: 'truth' })
    const backup = memory({ name: 'backup', now })
    const client = createClient([near, truth, backup], { now })
    truth.behind.commands.set('k', 'v')
    const info = { name: 'truth', scope: 'shared', role: 'truth' }
    expect(await client.explain('get', 'k')).toEqual({ answer: 'v', tier: info, age: 0, stale: false })
    clock.time += 70
    expect(await client.explain('get', 'k')).toEqual({
      answer: 'v',
      tier: { name: 'near', scope: 'local', role: 'near' },
      age: 70,
      stale: false,
    })
    near.commands.del('k')
    truth.fail(Number.POSITIVE_INFINITY)
    expect(await client.explain('get', 'k')).toEqual({
      answer: 'v',
      tier: { name: 'backup', scope: 'local', role: 'backup' },
      age: 70,
      stale: true,
    })
    await expect(client.explain(untyped<'get'>('nope'), 'k')).rejects.toMatchObject({ code: 'UNSUPPORTED' })
  })

  test('onEvent tells of every answer, with command, key and tier', async () => {
    const events: ClientEvent[] = []
    const truth = faulty(memory(), { name: 'truth' })
    const client = createClient([memory({ name: 'near' }), truth], {
      onEvent: (event) => void events.push(event),
    })
    truth.behind.commands.set('k', 'v')
    truth.behind.commands.rpush('l', 'v')
    await client.get('k')
    await client.get('k')
    await client.mset({ a: '1', b: '2' })
    await client.ttl('k')
    await client.blpop(['l', 'm'], 5)
    const told = events.map((event) => event.kind === 'answer' && [event.command, event.key, event.tier])
    expect(told).toEqual([
      ['get', 'k', 'truth'],
      ['get', 'k', 'near'],
      ['mset', 'a', 'truth'],
      ['ttl', 'k', 'truth'],
      ['blpop', 'l', 'truth'],
    ])
    expect(events[0]).toMatchObject({ age: 0, stale: false, ms: expect.any(Number) })
    expect(events[1]).toMatchObject({ age: expect.any(Number), stale: false })
  })

  test('an event tells a stale answer', async () => {
    const events: ClientEvent[] = []
    const truth = faulty(memory())
    const client = createClient([truth, memory({ name: 'backup' })], {
      onEvent: (event) => void events.push(event),
    })
    await client.set('k', 'v')
    truth.fail(1)
    expect(await client.get('k')).toBe('v')
    expect(events[1]).toMatchObject({ kind: 'answer', tier: 'backup', age: expect.any(Number), stale: true })
  })

  test('what onEvent throws harms nobody', async () => {
    const truth = faulty(memory(), { stream: true })
    const client = createClient([memory(), truth], {
      onEvent: () => {
        throw new Error('broken observer')
      },
    })
    expect(() => truth.emit({ kind: 'live' })).not.toThrow()
    expect(await client.set('k', 'v')).toBe(true)
    expect(await client.get('k')).toBe('v')
    expect(() => truth.emit({ kind: 'keys', keys: ['k'] })).not.toThrow()
  })
})

describe('S2: close', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('closes every driver, also after one that fails, and fails later calls', async () => {
    const [first, second, third] = [faulty(memory()), faulty(memory(), { stream: true }), memory()]
    const broken = {
      ...first,
      close: () => {
        throw new CacheError('UNAVAILABLE', 'broken')
      },
    }
    const client = createClient([broken, second, third])
    await expect(client.close()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(second.closed).toBe(true)
    expect(second.subscribers).toBe(0)
    expect(() => third.commands.get('k')).toThrow(expect.objectContaining({ code: 'CLOSED' }))
    for (const call of [client.get('k'), client.set('k', 'v'), client.mget('k'), client.ttl('k')])
      await expect(call).rejects.toMatchObject({ code: 'CLOSED' })
  })

  test('twice is once', async () => {
    const truth = faulty(memory())
    const client = createClient([memory(), truth])
    await Promise.all([client.close(), client.close()])
    expect(truth.closed).toBe(true)
  })

  test('ends what is pending, without a timer left', async () => {
    const truth = faulty(memory())
    const client = createClient([memory(), truth])
    const timers = vi.getTimerCount()
    truth.hold('*', 'request')
    const pending = [client.get('k'), client.set('k', 'v'), client.blpop('l', 0), client.mget('k', 'm')]
    const ended = Promise.allSettled(pending)
    await settled()
    await client.close()
    for (const end of await ended) expect(end).toMatchObject({ reason: { code: 'CLOSED' } })
    expect(vi.getTimerCount()).toBe(timers)
    await truth.release()
  })

  test('an answer that comes after it harms nobody', async () => {
    const truth = faulty(memory())
    const client = createClient([memory(), truth])
    truth.hold('set', 'request')
    const told = expect(client.set('k', 'v')).rejects.toMatchObject({ code: 'TIMEOUT' })
    await vi.advanceTimersByTimeAsync(1_000)
    await told
    await client.close()
    await truth.release()
  })

  test('waits for no driver longer than the deadline', async () => {
    const truth = { ...faulty(memory()), close: () => new Promise<void>(() => {}) }
    const client = createClient([memory(), truth])
    const told = expect(client.close()).rejects.toMatchObject({ code: 'TIMEOUT' })
    await vi.advanceTimersByTimeAsync(1_000)
    await told
  })

  test('of a driver that has no close fails later calls too', async () => {
    const { close: _, ...driver } = memory()
    const client = createClientOf(keys, driver)
    await client.close()
    await expect(client.exists('k')).rejects.toMatchObject({ code: 'CLOSED' })
    await expect(client.type('k')).rejects.toMatchObject({ code: 'CLOSED' })
  })
})

describe('narrow clients', () => {
  test('have their group and no other', async () => {
    const strings = createStringClient([memoryOf(keyGroup, stringGroup)()])
    expect(await strings.set('k', 'v')).toBe(true)
    expect('hget' in strings).toBe(false)
    const hashes = createHashClient([memoryOf(keyGroup, hashGroup)(), faulty(memory())])
    expect(await hashes.hset('h', { f: '1' })).toBe(1)
    const lists = createListClient([memory()])
    expect(await lists.push('l', 'a')).toBe(1)
    expect(await lists.del('l')).toBe(1)
  })
})
