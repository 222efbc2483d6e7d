import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { settled } from '../faulty.fixture.ts'
import { held, stageOf } from './cache.fixture.ts'

describe('T5: truth away', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  const later = (ms: number) => vi.advanceTimersByTimeAsync(ms)

  test('refused: the loader answers at once', async () => {
    const { cache, truth, told } = stageOf()
    truth.fail(1_000)
    expect(await cache.getOrSet('k', () => 'loaded', { tags: ['t'] })).toBe('loaded')
    expect(told('k')).toContain('error read')
  })

  test('frozen: the loader answers within the deadline', async () => {
    const { cache, truth } = stageOf({}, undefined, { deadline: 1_000 })
    truth.hold('*', 'request')
    let answer: unknown
    cache
      .getOrSet('k', () => 'loaded', { tags: ['t'] })
      .then((value) => {
        answer = value
      })
    await later(999)
    expect(answer).toBe(undefined)
    await later(1)
    expect(answer).toBe('loaded')
  })

  test('frozen while the value is loaded: its callers wait one deadline for the write', async () => {
    const { cache, truth, told } = stageOf({}, undefined, { deadline: 1_000 })
    const { calls, load } = held<string>()
    let answer: unknown
    cache.getOrSet('k', load).then((value) => {
      answer = value
    })
    await settled()
    truth.hold('*', 'request')
    calls[0]?.answer('loaded')
    await later(1_000)
    expect(answer).toBe('loaded')
    expect(told('k')).toContain('error write')
  })

  test('what was loaded meanwhile answers for a while: no load for each caller, one after the other', async () => {
    const { cache, truth } = stageOf({ backoff: '2s' })
    truth.fail(1_000)
    let calls = 0
    const load = () => cache.getOrSet('k', () => ++calls, { tags: ['t'] })
    expect([await load(), await load(), await load()]).toEqual([1, 1, 1])
    await later(2_000)
    expect(await load()).toBe(2)
    await cache.delete('k').catch(() => {})
    expect(await load()).toBe(3)
  })

  test('a get is told, and a near hit needs no truth', async () => {
    const { cache, truth } = stageOf()
    await cache.set('k', 1)
    await cache.get('k')
    await cache.get('k')
    truth.fail(1_000)
    expect(await cache.get('k')).toBe(1)
    expect(await cache.getOrSet('k', () => 2)).toBe(1)
    await expect(cache.get('other')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  test('T4: a set without an answer leaves nothing at hand', async () => {
    const { cache, truth } = stageOf()
    await cache.set('k', 'old')
    truth.fail(1, { call: 'set', side: 'answer' })
    await expect(cache.set('k', 'new')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(await cache.get('k')).toBe('new')
  })

  test('the loader fails too: the last value that was known, within its stale window', async () => {
    const { cache, truth } = stageOf({ ttl: '1m', stale: '1h', backoff: 0 }, undefined, { nearTtl: 1_000 })
    await cache.set('k', 'last')
    await later(30_000)
    truth.fail(10_000)
    const ask = () => cache.getOrSet('k', () => Promise.reject(new Error('database away')))
    expect(await ask()).toBe('last')
    await later(3_600_000 + 30_000)
    await expect(ask()).rejects.toThrow('database away')
  })

  test('without a stale window the error is told', async () => {
    const { cache, truth } = stageOf({ ttl: '1h' }, undefined, { nearTtl: 1_000 })
    await cache.set('k', 'last')
    await later(30_000)
    truth.fail(10_000)
    const ask = cache.getOrSet('k', () => Promise.reject(new Error('database away')))
    await expect(ask).rejects.toThrow('database away')
  })

  test('delete, invalidateTags and clear tell that they may not have happened', async () => {
    const { cache, truth } = stageOf()
    truth.fail(4)
    await expect(cache.delete('k')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    truth.fail(1, { call: 'set' })
    await expect(cache.invalidateTags('t')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await later(2_000)
    truth.fail(1, { call: 'set' })
    await expect(cache.clear()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  test('a closed client', async () => {
    const { cache, client } = stageOf()
    await client.close()
    await expect(cache.get('k')).rejects.toMatchObject({ code: 'CLOSED' })
    await expect(cache.getOrSet('k', () => 1)).rejects.toMatchObject({ code: 'CLOSED' })
  })
})
