import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { settled } from '../faulty.fixture.ts'
import { held, stageOf, truthOf } from './cache.fixture.ts'
import { clusterLease } from './lease.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

const later = (ms: number) => vi.advanceTimersByTimeAsync(ms)

/** Processes on one truth, that load one at a time. */
function processes(count: number, options = {}) {
  const truth = truthOf()
  return Array.from({ length: count }, () =>
    stageOf({ lease: clusterLease({ ttl: '5s', poll: '50ms' }), ...options }, truth, { nearTtl: 0 }),
  )
}

describe('O5: one load at a time in the cluster', () => {
  test('many processes and callers, one call of a loader; the lease is gone afterwards', async () => {
    const all = processes(5)
    const { calls, load } = held<string>()
    const waiting = all.flatMap(({ cache }) => [cache.getOrSet('k', load), cache.getOrSet('k', load)])
    await later(1_000)
    expect(calls).toHaveLength(1)
    calls[0]?.answer('loaded')
    await later(100)
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => 'loaded'))
    expect(calls).toHaveLength(1)
    expect(all[0]?.truth.behind.commands.get('~lease:k')).toBe(null)
  })

  test('an owner that lives keeps its lease, however long it takes', async () => {
    const [here, there] = processes(2, { hardTimeout: '1m' })
    const { calls, load } = held<string>()
    const one = here?.cache.getOrSet('k', load)
    await later(0)
    const other = there?.cache.getOrSet('k', load)
    await later(30_000)
    expect(calls).toHaveLength(1)
    calls[0]?.answer('loaded')
    await later(100)
    expect([await one, await other]).toEqual(['loaded', 'loaded'])
  })

  test('an owner that died is found out when its lease ends', async () => {
    const [here] = processes(1)
    here?.truth.behind.commands.set('~lease:k', 'of a process that died', { ttl: 5_000 })
    const { calls, load } = held<string>()
    const waiting = here?.cache.getOrSet('k', load)
    await later(4_900)
    expect(calls).toHaveLength(0)
    await later(200)
    expect(calls).toHaveLength(1)
    calls[0]?.answer('loaded')
    await settled()
    expect(await waiting).toBe('loaded')
  })

  test('a delete by another process during the load wins, and the next load begins at once', async () => {
    const [here, there] = processes(2)
    const { calls, load } = held<string>()
    const first = here?.cache.getOrSet('k', load)
    await later(0)
    expect(calls).toHaveLength(1)
    await there?.cache.delete('k')
    const second = there?.cache.getOrSet('k', load)
    await later(0)
    expect(calls).toHaveLength(2)
    calls[0]?.answer('old')
    expect(await first).toBe('old')
    expect(await here?.cache.get('k')).toBe(undefined)
    calls[1]?.answer('new')
    expect(await second).toBe('new')
    await later(0)
    // What the first left at truth does not count, and is written over by the next.
    expect([undefined, 'new']).toContain(await here?.cache.get('k'))
  })

  test('a set by another process during a load that replaces wins', async () => {
    const [here, there] = processes(2, { ttl: '1m', stale: '1h' })
    await here?.cache.set('k', 'first')
    await later(60_000)
    const { calls, load } = held<string>()
    expect(await here?.cache.getOrSet('k', load)).toBe('first')
    await later(0)
    await there?.cache.set('k', 'second')
    calls[0]?.answer('old')
    await later(0)
    // It may be forgotten, but the old value never counts.
    expect(['second', undefined]).toContain(await here?.cache.get('k'))
    expect(['second', undefined]).toContain(await there?.cache.get('k'))
  })

  test('a stale value is answered at once, whoever loads it anew', async () => {
    const [here, there] = processes(2, { ttl: '1m', stale: '1h' })
    await here?.cache.set('k', 'first')
    await later(60_000)
    const { calls, load } = held<string>()
    expect([await here?.cache.getOrSet('k', load), await there?.cache.getOrSet('k', load)]).toEqual([
      'first',
      'first',
    ])
    await later(500)
    expect(calls).toHaveLength(1)
    calls[0]?.answer('second')
    await later(0)
    expect(await there?.cache.getOrSet('k', load)).toBe('second')
  })

  test('truth away: each process loads for itself', async () => {
    const [here, there] = processes(2)
    here?.truth.fail(10_000)
    expect(await here?.cache.getOrSet('k', () => 1)).toBe(1)
    expect(await there?.cache.getOrSet('k', () => 2)).toBe(2)
  })

  test('truth frozen: the loader answers within the deadline', async () => {
    const [here] = processes(1)
    here?.truth.hold('*', 'request')
    let answer: unknown
    here?.cache
      .getOrSet(
        'k',
        (context) => {
          context.tags = ['late']
          return 'loaded'
        },
        { tags: ['t'] },
      )
      .then((value) => {
        answer = value
      })
    await later(1_000)
    expect(answer).toBe('loaded')
    await here?.truth.release()
    await later(5_000)
    expect(here?.truth.behind.commands.get('k')).toBe(null)
  })

  test('the hard timeout ends the wait for another process too', async () => {
    const [here] = processes(1, { hardTimeout: '1s' })
    here?.truth.behind.commands.set('~lease:k', 'of another')
    const failed = expect(here?.cache.getOrSet('k', () => 1)).rejects.toMatchObject({ code: 'TIMEOUT' })
    await later(1_000)
    await failed
  })

  test('bad durations', () => {
    expect(() => clusterLease({ ttl: -1 })).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }))
  })
})
