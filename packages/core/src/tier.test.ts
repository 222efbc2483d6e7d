import { runInNewContext } from 'node:vm'
import { CacheError, type Commands, type Driver } from '@jcache/driver'
import { memory } from '@jcache/memory'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createClient } from './client.ts'
import { faulty, settled } from './faulty.fixture.ts'
import type { ClientOptions } from './options.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A client over one shared tier, on the fake clock. */
function shared(options: ClientOptions = {}) {
  const tier = faulty(memory(), { name: 'far' })
  return { tier, client: createClient([tier], options) }
}

/** How a call ends, `'pending'` as long as it has not. */
function ending(call: Promise<unknown>): { now: unknown } {
  const end: { now: unknown } = { now: 'pending' }
  call.then(
    (answer) => {
      end.now = answer
    },
    (error) => {
      end.now = error instanceof CacheError ? error.code : error
    },
  )
  return end
}

describe('T5: every call to a shared tier has a deadline', () => {
  test.each([
    ['a second by default', {}, 1_000],
    ['another by option', { deadline: '250ms' }, 250],
  ] as const)('%s', async (_, options, ms) => {
    const { tier, client } = shared(options)
    tier.hold('*', 'request')
    const ends = [client.get('k'), client.set('k', 'v'), client.mget('k'), client.ttl('k')].map(ending)
    await vi.advanceTimersByTimeAsync(ms - 1)
    expect(ends.map((end) => end.now)).toEqual(Array(4).fill('pending'))
    await vi.advanceTimersByTimeAsync(1)
    expect(ends.map((end) => end.now)).toEqual(Array(4).fill('TIMEOUT'))
    expect(vi.getTimerCount()).toBe(0)
  })

  test('also where the answer is a promise of another realm', async () => {
    const tier = faulty(memory())
    const get = () => runInNewContext('new Promise(() => {})') as Promise<null>
    const driver: Driver<Commands, 'shared'> = { ...tier, commands: { ...tier.commands, get } }
    const client = createClient([driver])
    const end = ending(client.get('k'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(end.now).toBe('TIMEOUT')
  })

  test('the message names tier, time and call', async () => {
    const { tier, client } = shared()
    tier.hold()
    const told = expect(client.get('k')).rejects.toThrow('far did not answer within 1000 ms: get')
    await vi.advanceTimersByTimeAsync(1_000)
    await told
  })

  test('one timer does for all calls, and is gone after the deadline', async () => {
    const { client } = shared()
    await Promise.all([client.set('k', 'v'), client.get('k'), client.ttl('k')])
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(vi.getTimerCount()).toBe(0)
    await client.get('k')
    await client.close()
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a call that began later has its full time', async () => {
    const { tier, client } = shared()
    await client.get('k')
    await vi.advanceTimersByTimeAsync(600)
    tier.hold('*', 'request')
    const end = ending(client.get('k'))
    await vi.advanceTimersByTimeAsync(999)
    expect(end.now).toBe('pending')
    await vi.advanceTimersByTimeAsync(1)
    expect(end.now).toBe('TIMEOUT')
  })

  test('commands that block have their timeout and the deadline', async () => {
    const { tier, client } = shared()
    tier.hold('blpop', 'request')
    const end = ending(client.blpop('k', '5s'))
    await vi.advanceTimersByTimeAsync(5_999)
    expect(end.now).toBe('pending')
    await vi.advanceTimersByTimeAsync(1)
    expect(end.now).toBe('TIMEOUT')
  })

  test('a timeout of 0 has no deadline', async () => {
    const { tier, client } = shared()
    const end = ending(client.blpop('k', 0))
    await vi.advanceTimersByTimeAsync(100_000_000)
    expect(end.now).toBe('pending')
    tier.behind.commands.rpush('k', 'v')
    await settled()
    expect(end.now).toEqual(['k', 'v'])
  })
})

describe('T5: the breaker', () => {
  /** Fails five calls, so that the breaker opens. */
  async function opened(options: ClientOptions = {}) {
    const { tier, client } = shared(options)
    tier.fail(5)
    for (let call = 0; call < 5; call++) await client.get('k').catch(() => {})
    expect(tier.log).toHaveLength(5)
    tier.log.length = 0
    return { tier, client }
  }

  test('opens after 5 failures in a row: nothing is asked, at once', async () => {
    const { tier, client } = await opened()
    await expect(client.get('k')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('far'),
    })
    await expect(client.set('k', 'v')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(tier.log).toEqual([])
  })

  test('a success in between starts the count again', async () => {
    const { tier, client } = shared()
    for (let round = 0; round < 3; round++) {
      tier.fail(4)
      for (let call = 0; call < 5; call++) await client.get('k').catch(() => {})
    }
    expect(tier.log).toHaveLength(15)
  })

  test.each(['WRONG_TYPE', 'NOT_A_NUMBER', 'OUT_OF_RANGE', 'NO_LEADER'] as const)(
    'definite errors do not count: %s',
    async (code) => {
      const { tier, client } = shared()
      tier.fail(10, { error: new CacheError(code, 'definite') })
      for (let call = 0; call < 10; call++) await expect(client.get('k')).rejects.toMatchObject({ code })
      expect(await client.get('k')).toBe(null)
      expect(tier.log).toHaveLength(11)
    },
  )

  test('what is no CacheError counts, and is told as UNAVAILABLE with its cause', async () => {
    const { tier, client } = shared({ failures: 1 })
    const cause = new TypeError('socket closed')
    tier.fail(1, { error: cause })
    await expect(client.get('k')).rejects.toMatchObject({ code: 'UNAVAILABLE', cause })
    await expect(client.get('k')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(tier.log).toHaveLength(1)
  })

  test('after the pause one call probes, however many come', async () => {
    const { tier, client } = await opened()
    await vi.advanceTimersByTimeAsync(1_000)
    tier.hold('get')
    const ends = Array.from({ length: 20 }, () => ending(client.get('k')))
    await settled()
    expect(tier.log).toEqual(['get k'])
    expect(ends.map((end) => end.now)).toEqual(['pending', ...Array(19).fill('UNAVAILABLE')])
    await tier.release()
    expect(ends[0]?.now).toBe(null)
    expect(await client.get('k')).toBe(null)
    expect(tier.log).toHaveLength(2)
  })

  test('a probe that has no answer yet stays the only one, though the pause is short', async () => {
    const { tier, client } = await opened({ pause: 10 })
    tier.hold('*', 'request')
    for (let ms = 0; ms < 1_000; ms += 10) {
      await vi.advanceTimersByTimeAsync(10)
      ending(client.get('k'))
    }
    expect(tier.log).toEqual(['get k'])
  })

  test('a probe that fails opens it for another pause', async () => {
    const { tier, client } = await opened()
    tier.fail(1)
    await vi.advanceTimersByTimeAsync(1_000)
    await expect(client.get('k')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await vi.advanceTimersByTimeAsync(999)
    await expect(client.get('k')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(tier.log).toEqual(['get k'])
    await vi.advanceTimersByTimeAsync(1)
    expect(await client.get('k')).toBe(null)
  })

  test('a call that its caller ended tells nothing about the tier', async () => {
    const { tier, client } = shared({ failures: 2 })
    tier.fail(1)
    await expect(client.get('k')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    tier.fail(1, { error: new CacheError('ABORTED', 'by the caller'), call: 'blpop' })
    await expect(client.blpop('k', 0)).rejects.toMatchObject({ code: 'ABORTED' })
    tier.fail(1)
    await expect(client.get('k')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    tier.log.length = 0
    await expect(client.get('k')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(tier.log).toEqual([])
  })

  test('tiers have breakers of their own', async () => {
    const [middle, truth] = [faulty(memory()), faulty(memory())]
    const client = createClient([middle, truth], { failures: 1 })
    truth.behind.commands.set('k', 'v')
    middle.fail(Number.POSITIVE_INFINITY)
    expect(await client.get('k')).toBe('v')
    await settled()
    middle.log.length = 0
    expect(await client.get('k')).toBe('v')
    expect(middle.log).toEqual([])
  })
})
