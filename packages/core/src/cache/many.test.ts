import { describe, expect, test } from 'vitest'
import { settled } from '../faulty.fixture.ts'
import { eventually, held, stageOf } from './cache.fixture.ts'

describe('O1: getOrSetMany', () => {
  test('the loader gets the missing keys only, once; the answer is in the order of the keys', async () => {
    const { cache } = stageOf()
    await cache.set('b', 'near')
    const asked: (readonly string[])[] = []
    const load = (missing: readonly string[]) => {
      asked.push(missing)
      return missing.map((key) => [key, `loaded ${key}`] as const)
    }
    const found = await cache.getOrSetMany(['a', 'b', 'c', 'a'], load)
    expect([...found]).toEqual([
      ['a', 'loaded a'],
      ['b', 'near'],
      ['c', 'loaded c'],
    ])
    expect(asked).toEqual([['a', 'c']])
    await cache.getOrSetMany(['a', 'b', 'c'], load)
    expect(asked).toHaveLength(1)
    expect(await cache.getOrSetMany([], load)).toEqual(new Map())
  })

  test('what the loader leaves out is absent, and not stored; a record will do', async () => {
    const { cache, truth } = stageOf()
    expect(await cache.getOrSetMany(['a', 'b', 'c'], () => ({ a: 0, c: null }))).toEqual(
      new Map([
        ['a', 0],
        ['c', null],
      ]),
    )
    expect(truth.behind.commands.get('b')).toBe(null)
  })

  test('keys that are being loaded are joined, and others join', async () => {
    const { cache } = stageOf()
    const one = held<string>()
    const many = held<Record<string, string>>()
    const asked: (readonly string[])[] = []
    const a = cache.getOrSet('a', one.load)
    await eventually(() => one.calls.length === 1)
    const all = cache.getOrSetMany(['a', 'b', 'c'], (missing) => {
      asked.push(missing)
      return many.load()
    })
    await eventually(() => many.calls.length === 1)
    expect(asked).toEqual([['b', 'c']])
    const b = cache.getOrSet('b', () => 'not called')
    const c = cache.getOrSet('c', () => 'called, as the other left it out')
    await settled()
    one.calls[0]?.answer('A')
    many.calls[0]?.answer({ b: 'B' })
    expect([await a, await b, await c]).toEqual(['A', 'B', 'called, as the other left it out'])
    expect(await all).toEqual(
      new Map([
        ['a', 'A'],
        ['b', 'B'],
      ]),
    )
  })

  test('its failure is told, tags and ttl hold for each', async () => {
    const { cache, truth } = stageOf({ backoff: 0 })
    await expect(cache.getOrSetMany(['a'], () => Promise.reject(new Error('away')))).rejects.toThrow('away')
    await cache.getOrSetMany(
      ['a', 'b'],
      (_, context) => {
        context.ttl = '1h'
        return { a: 1, b: 2 }
      },
      { tags: ['t'] },
    )
    expect(truth.behind.commands.ttl('a')).toBeGreaterThan(3_500_000)
    await cache.invalidateTags('t')
    expect(await cache.getMany(['a', 'b'])).toEqual(new Map())
  })

  test('a delete during the load wins for that key', async () => {
    const { cache } = stageOf()
    const many = held<Record<string, string>>()
    const all = cache.getOrSetMany(['a', 'b'], many.load)
    await eventually(() => many.calls.length === 1)
    await cache.delete('a')
    many.calls[0]?.answer({ a: 'A', b: 'B' })
    expect(await all).toEqual(
      new Map([
        ['a', 'A'],
        ['b', 'B'],
      ]),
    )
    expect(await cache.getMany(['a', 'b'])).toEqual(new Map([['b', 'B']]))
  })

  test('its signal is aborted when nobody waits for any of the keys', async () => {
    const { cache } = stageOf()
    const controller = new AbortController()
    let signal: AbortSignal | undefined
    const all = cache.getOrSetMany(
      ['a', 'b'],
      (_, context) => {
        signal = context.signal
        return new Promise<never>(() => {})
      },
      { signal: controller.signal },
    )
    await eventually(() => signal !== undefined)
    controller.abort()
    await expect(all).rejects.toMatchObject({ code: 'ABORTED' })
    expect(signal?.aborted).toBe(true)
  })
})
