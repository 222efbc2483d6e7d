import { describe, expect, test, vi } from 'vitest'
import { settled } from '../faulty.fixture.ts'
import { eventually, held, stageOf } from './cache.fixture.ts'
import type { LoadContext } from './load.ts'

vi.setConfig({ testTimeout: 30_000 })

describe('O5: one load at a time', () => {
  test('10,000 callers of a cold key, one call of the loader', async () => {
    const { cache, truth } = stageOf()
    let calls = 0
    const load = () => cache.getOrSet('k', async () => ({ calls: ++calls }))
    const values = await Promise.all(Array.from({ length: 10_000 }, load))
    expect(calls).toBe(1)
    expect(new Set(values).size).toBe(1)
    expect(truth.log.filter((call) => call === 'set k')).toHaveLength(1)
    expect(await load()).toEqual({ calls: 1 })
  })

  test('10,000 callers of a loader that fails: one call, that very error for each, and a pause', async () => {
    vi.useFakeTimers({ now: 1_000_000 })
    try {
      const { cache, told } = stageOf({ backoff: '1s' })
      const failure = new Error('the database is away')
      let calls = 0
      const load = () =>
        cache.getOrSet('k', async () => {
          calls++
          throw failure
        })
      const ended = await Promise.allSettled(Array.from({ length: 10_000 }, load))
      expect(new Set(ended.map((end) => end.status === 'rejected' && end.reason))).toEqual(new Set([failure]))
      await expect(load()).rejects.toBe(failure)
      expect(calls).toBe(1)
      vi.advanceTimersByTime(999)
      await expect(load()).rejects.toBe(failure)
      expect(calls).toBe(1)
      vi.advanceTimersByTime(1)
      await expect(load()).rejects.toBe(failure)
      expect(calls).toBe(2)
      expect(told('k')).toContain('error load')
    } finally {
      vi.useRealTimers()
    }
  })

  test('setting or deleting the key ends the pause', async () => {
    const { cache } = stageOf()
    const fail = () => cache.getOrSet('k', () => Promise.reject(new Error('away')))
    await expect(fail()).rejects.toThrow('away')
    await cache.delete('k')
    expect(await cache.getOrSet('k', () => 1)).toBe(1)
  })

  test('a loader that throws at once', async () => {
    const { cache } = stageOf()
    const load = cache.getOrSet('k', () => {
      throw new Error('at once')
    })
    await expect(load).rejects.toThrow('at once')
  })
})

describe('a change during a load wins', () => {
  const changes: [string, (cache: ReturnType<typeof stageOf>['cache']) => Promise<unknown>, unknown][] = [
    ['delete', (cache) => cache.delete('k'), undefined],
    ['set', (cache) => cache.set('k', 'newer'), 'newer'],
    ['invalidateTags', (cache) => cache.invalidateTags('t'), undefined],
    ['clear', (cache) => cache.clear(), undefined],
  ]

  test.each(changes)(
    '%s: the loaded value goes to those who wait and is not stored',
    async (_, change, left) => {
      const { cache, told } = stageOf()
      const { calls, load } = held<string>()
      const waiting = cache.getOrSet('k', load, { tags: ['t'] })
      await eventually(() => calls.length === 1)
      await change(cache)
      const later = left === undefined ? cache.getOrSet('k', load, { tags: ['t'] }) : undefined
      calls[0]?.answer('old')
      expect(await waiting).toBe('old')
      expect(told('k')).toContain('overtaken')
      expect(await cache.get('k')).toBe(left)
      // Who asks after the change does not get what was loaded before it.
      await eventually(() => calls.length === (later ? 2 : 1))
      calls[1]?.answer('new')
      expect(await later).toBe(later ? 'new' : undefined)
      expect(await cache.get('k')).toBe(later ? 'new' : left)
    },
  )

  test.each(changes)('%s: so too for a load in the background', async (_, change, left) => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] })
    try {
      const { cache } = stageOf({ ttl: '1m', stale: '1h' })
      await cache.set('k', 'first', { tags: ['t'] })
      vi.setSystemTime(1_000_000 + 61_000)
      const { calls, load } = held<string>()
      expect(await cache.getOrSet('k', load, { tags: ['t'] })).toBe('first')
      await eventually(() => calls.length === 1)
      await change(cache)
      calls[0]?.answer('old')
      for (let turn = 0; turn < 20; turn++) await settled()
      expect(await cache.get('k')).toBe(left)
    } finally {
      vi.useRealTimers()
    }
  })

  test('a set by another process during a first load, and a delete during one that replaces', async () => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] })
    try {
      const here = stageOf({ ttl: '1m', stale: '1h' })
      const there = stageOf({ ttl: '1m', stale: '1h' }, here.truth)
      const first = held<string>()
      const waiting = here.cache.getOrSet('k', first.load)
      await eventually(() => first.calls.length === 1)
      await there.cache.set('k', 'newer')
      first.calls[0]?.answer('old')
      expect(await waiting).toBe('old')
      expect(await here.cache.get('k')).toBe('newer')
      vi.setSystemTime(1_000_000 + 61_000)
      const second = held<string>()
      expect(await here.cache.getOrSet('k', second.load)).toBe('newer')
      await eventually(() => second.calls.length === 1)
      await there.cache.delete('k')
      second.calls[0]?.answer('older')
      await eventually(() => here.told('k').filter((kind) => kind === 'overtaken').length === 2)
      expect(await there.cache.get('k')).toBe(undefined)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('what a loader says besides', () => {
  test('it is told the key and what it replaces', async () => {
    vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] })
    try {
      const { cache } = stageOf({ ttl: '1m', stale: '1h', softTimeout: '1m' })
      await cache.set('k', { version: 1 })
      vi.setSystemTime(1_000_000 + 61_000)
      const seen: [string, unknown][] = []
      await cache.getOrSet('k', ({ key, previous }) => {
        seen.push([key, previous])
        return { version: 2 }
      })
      expect(seen).toEqual([['k', { version: 1 }]])
    } finally {
      vi.useRealTimers()
    }
  })

  test('ttl: its own, or none at all', async () => {
    const { cache, truth } = stageOf()
    const set = (ttl: LoadContext['ttl']) => (context: LoadContext) => {
      context.ttl = ttl
      return 1
    }
    await cache.getOrSet('long', set('30d'))
    expect(truth.behind.commands.ttl('long')).toBeGreaterThan(29.9 * 86_400_000)
    expect(await cache.get('long')).toBe(1)
    expect(await cache.getOrSet('none', set(0))).toBe(1)
    expect(truth.behind.commands.get('none')).toBe(null)
    await expect(cache.getOrSet('bad', set(-1))).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
  })

  test('tags: the value is invalidated by those too', async () => {
    const { cache } = stageOf()
    let calls = 0
    const load = () =>
      cache.getOrSet('k', (context) => {
        context.tags = ['author:7']
        return ++calls
      })
    expect([await load(), await load()]).toEqual([1, 1])
    await cache.invalidateTags('author:7')
    expect(await cache.get('k')).toBe(undefined)
    expect(await load()).toBe(2)
  })

  test.each(['here', 'there'] as const)(
    'tags that are invalidated %s while they are not known yet',
    async (where) => {
      vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] })
      try {
        const here = stageOf()
        const there = stageOf({}, here.truth)
        await there.cache.set('another', 1, { tags: ['author:7'] })
        vi.setSystemTime(1_000_000 + 10)
        const { calls, load } = held<string>()
        const waiting = here.cache.getOrSet('k', async (context) => {
          const value = await load()
          context.tags = ['author:7']
          return value
        })
        await eventually(() => calls.length === 1)
        vi.setSystemTime(1_000_000 + 20)
        await { here, there }[where].cache.invalidateTags('author:7')
        const later = here.cache.getOrSet('k', () => 'new', {})
        calls[0]?.answer('old')
        expect(await waiting).toBe('old')
        expect(await later).toBe(where === 'here' ? 'new' : 'old')
        expect(await here.cache.get('k')).toBe(where === 'here' ? 'new' : undefined)
      } finally {
        vi.useRealTimers()
      }
    },
  )
})

describe('who waits may give up', () => {
  test('one of them: the load goes on for the others', async () => {
    const { cache } = stageOf()
    const { calls, load } = held<string>()
    const controller = new AbortController()
    const reason = new Error('the page was left')
    const one = cache.getOrSet('k', load, { signal: controller.signal })
    const other = cache.getOrSet('k', load)
    await eventually(() => calls.length === 1)
    controller.abort(reason)
    await expect(one).rejects.toMatchObject({ code: 'ABORTED', cause: reason })
    calls[0]?.answer('x')
    expect(await other).toBe('x')
    expect(await cache.get('k')).toBe('x')
  })

  test('all of them: the loader is told, and the next caller has it called again at once', async () => {
    const { cache } = stageOf()
    const signals: AbortSignal[] = []
    const load = ({ signal }: LoadContext) => {
      signals.push(signal)
      return new Promise<string>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    }
    const controllers = [new AbortController(), new AbortController()]
    const waiting = controllers.map(({ signal }) => cache.getOrSet('k', load, { signal }))
    await eventually(() => signals.length === 1)
    controllers[0]?.abort()
    await expect(waiting[0]).rejects.toMatchObject({ code: 'ABORTED' })
    expect(signals[0]?.aborted).toBe(false)
    controllers[1]?.abort()
    const next = cache.getOrSet('k', () => 'x')
    await expect(waiting[1]).rejects.toMatchObject({ code: 'ABORTED' })
    expect(signals[0]?.aborted).toBe(true)
    expect(await next).toBe('x')
  })

  test('before the call', async () => {
    const { cache } = stageOf()
    const call = cache.getOrSet('k', () => 1, { signal: AbortSignal.abort() })
    await expect(call).rejects.toMatchObject({ code: 'ABORTED' })
  })
})
