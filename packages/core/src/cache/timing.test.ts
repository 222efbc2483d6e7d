import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { settled } from '../faulty.fixture.ts'
import { held, stageOf } from './cache.fixture.ts'

const START = 1_700_000_000_000

beforeEach(() => {
  vi.useFakeTimers({ now: START })
})
afterEach(() => {
  vi.useRealTimers()
})

const later = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('ttl', () => {
  test('a value is fresh for its ttl and no longer', async () => {
    const { cache } = stageOf({ ttl: '1m' })
    await cache.set('k', 1)
    await later(59_999)
    expect(await cache.get('k')).toBe(1)
    await later(1)
    expect(await cache.get('k')).toBe(undefined)
    expect(await cache.getOrSet('k', () => 2)).toBe(2)
  })

  test('30 days', async () => {
    const { cache } = stageOf({ ttl: '30d' })
    await cache.set('k', 1, { tags: ['t'] })
    await later(30 * 86_400_000 - 1)
    expect(await cache.get('k')).toBe(1)
    await later(1)
    expect(await cache.get('k')).toBe(undefined)
  })

  test('T2: what is read from truth is fresh no longer than there', async () => {
    const here = stageOf({ ttl: '1m', stale: '1m' })
    const there = stageOf({ ttl: '1m', stale: '1m' }, here.truth)
    await here.cache.set('k', 1)
    await later(50_000)
    expect(await there.cache.get('k')).toBe(1)
    await later(9_999)
    expect(await there.cache.get('k')).toBe(1)
    await later(1)
    expect(await there.cache.get('k')).toBe(undefined)
    const { calls, load } = held<number>()
    expect(await there.cache.getOrSet('k', load)).toBe(1)
    await later(60_000)
    // It has ended: who asks now waits.
    const waiting = there.cache.getOrSet('k', load)
    await settled()
    calls.at(-1)?.answer(2)
    expect(await waiting).toBe(2)
  })

  test('jitter stays in its band', async () => {
    const { cache, truth } = stageOf({ ttl: 1_000, jitter: 0.2 })
    for (let at = 0; at < 200; at++) await cache.set(`k${at}`, 1)
    const left = Array.from({ length: 200 }, (_, at) => Number(truth.behind.commands.ttl(`k${at}`)))
    expect(Math.min(...left)).toBeGreaterThanOrEqual(800)
    expect(Math.max(...left)).toBeLessThanOrEqual(1_000)
    expect(Math.max(...left) - Math.min(...left)).toBeGreaterThan(100)
  })

  test('null may have a ttl of its own', async () => {
    const { cache } = stageOf({ ttl: '5m', nullTtl: '10s' })
    let calls = 0
    const load = () =>
      cache.getOrSet('k', () => {
        calls++
        return null
      })
    expect([await load(), await load(), calls]).toEqual([null, null, 1])
    await later(10_000)
    await load()
    expect(calls).toBe(2)
  })
})

describe('O6: stale while it is loaded anew', () => {
  test('at once, and loaded once behind the answers', async () => {
    const { cache, told } = stageOf({ ttl: '1m', stale: '1h' })
    await cache.set('k', 'old')
    await cache.get('k')
    await later(60_000)
    const { calls, load } = held<string>()
    const work: Promise<unknown>[] = []
    const ask = () => cache.getOrSet('k', load, { waitUntil: (each) => work.push(each) })
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(['old', 'old', 'old'])
    await settled()
    expect(calls).toHaveLength(1)
    expect(told('k').filter((kind) => kind === 'stale hit near')).toHaveLength(3)
    calls[0]?.answer('new')
    await Promise.all(work)
    expect(await ask()).toBe('new')
    expect(await cache.get('k')).toBe('new')
    expect(calls).toHaveLength(1)
  })

  test('soft timeout: within it the new value, after it the stale one while the load goes on', async () => {
    const { cache } = stageOf({ ttl: '1m', stale: '1h', softTimeout: 100 })
    await cache.set('k', 'old')
    await later(60_000)
    const { calls, load } = held<string>()
    const first = cache.getOrSet('k', load)
    await later(99)
    await settled()
    let early: string | undefined
    first.then((value) => {
      early = value
    })
    await settled()
    expect(early).toBe(undefined)
    await later(1)
    expect(await first).toBe('old')
    calls[0]?.answer('new')
    await settled()
    expect(await cache.get('k')).toBe('new')
    await later(60_000)
    const second = cache.getOrSet('k', load)
    await later(50)
    calls[1]?.answer('newest')
    expect(await second).toBe('newest')
  })

  test('without a stale value it is waited for until the hard timeout; its signal is aborted then', async () => {
    const { cache } = stageOf({ softTimeout: 10, hardTimeout: 500 })
    let aborted = false
    const waiting = cache.getOrSet('k', ({ signal }) => {
      signal.addEventListener('abort', () => {
        aborted = true
      })
      return new Promise<number>(() => {})
    })
    const failed = expect(waiting).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('"k"'),
    })
    await later(499)
    expect(aborted).toBe(false)
    await later(1)
    await failed
    expect(aborted).toBe(true)
  })

  test('a loader that answers after the hard timeout changes nothing', async () => {
    const { cache } = stageOf({ hardTimeout: 500, backoff: 0 })
    const { calls, load } = held<string>()
    const failed = expect(cache.getOrSet('k', load)).rejects.toMatchObject({ code: 'TIMEOUT' })
    await later(500)
    await failed
    await cache.set('k', 'set since')
    calls[0]?.answer('late')
    await settled()
    expect(await cache.get('k')).toBe('set since')
  })

  test('stale if the load fails, and its loader is left alone for a while', async () => {
    const { cache, told } = stageOf({ ttl: '1m', stale: '1h', softTimeout: '10s', backoff: '5s' })
    await cache.set('k', 'old')
    await later(60_000)
    let calls = 0
    const ask = () =>
      cache.getOrSet('k', () => {
        calls++
        throw new Error('away')
      })
    expect([await ask(), await ask()]).toEqual(['old', 'old'])
    expect(calls).toBe(1)
    expect(told('k')).toContain('error load')
    await later(5_000)
    expect(await ask()).toBe('old')
    expect(calls).toBe(2)
    await later(3_600_000)
    await expect(ask()).rejects.toThrow('away')
  })

  test('stale if the load takes too long', async () => {
    const { cache } = stageOf({ ttl: '1m', stale: '1h', softTimeout: '1m', hardTimeout: '1s' })
    await cache.set('k', 'old')
    await later(60_000)
    const waiting = cache.getOrSet('k', () => new Promise<string>(() => {}))
    await later(1_000)
    expect(await waiting).toBe('old')
  })

  test('what another process has loaded meanwhile needs no load here', async () => {
    const here = stageOf({ ttl: '1m', stale: '1h', softTimeout: '1s' })
    const there = stageOf({ ttl: '1m', stale: '1h' }, here.truth)
    await here.cache.set('k', 'old')
    await later(60_000)
    await there.cache.set('k', 'new')
    expect(await here.cache.getOrSet('k', () => 'loaded')).toBe('new')
  })
})

describe('refreshAhead', () => {
  test('a hit near the end of the ttl loads anew, behind the caller, once', async () => {
    const { cache } = stageOf({ ttl: '1m', refreshAhead: '10s' })
    const { calls, load } = held<string>()
    await cache.set('k', 'old')
    await later(49_999)
    expect(await cache.getOrSet('k', load)).toBe('old')
    await settled()
    expect(calls).toHaveLength(0)
    await later(1)
    expect(await cache.getOrSet('k', load)).toBe('old')
    expect(await cache.getOrSet('k', load)).toBe('old')
    await settled()
    expect(calls).toHaveLength(1)
    calls[0]?.answer('new')
    await settled()
    await later(20_000)
    expect(await cache.getOrSet('k', load)).toBe('new')
    expect(calls).toHaveLength(1)
  })

  test('a load that fails leaves the value until its end', async () => {
    const { cache } = stageOf({ ttl: '1m', refreshAhead: '10s' })
    await cache.set('k', 'old')
    await later(55_000)
    const ask = () => cache.getOrSet('k', () => Promise.reject(new Error('away')))
    expect(await ask()).toBe('old')
    await settled()
    expect(await ask()).toBe('old')
  })

  test('it never begins before half of the life is over', async () => {
    const { cache } = stageOf({ ttl: '1m', refreshAhead: '1h' })
    let calls = 0
    await cache.set('k', 0)
    await later(29_999)
    await cache.getOrSet('k', () => ++calls)
    await settled()
    expect(calls).toBe(0)
    await later(1)
    await cache.getOrSet('k', () => ++calls)
    await settled()
    expect(calls).toBe(1)
  })
})
