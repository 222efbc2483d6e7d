import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { stageOf, truthOf } from './cache.fixture.ts'

describe('O7: tags', () => {
  test('every value with the tag, in this process and in others, by one write for each tag', async () => {
    const here = stageOf()
    const there = stageOf({}, here.truth, { nearTtl: 0 })
    for (let at = 0; at < 10; at++) await here.cache.set(`k${at}`, at, { tags: ['t', `t${at % 2}`] })
    expect(await there.cache.get('k0')).toBe(0)
    here.truth.log.length = 0
    await here.cache.invalidateTags('t1')
    expect(here.truth.log).toEqual(['set ~tag:t1'])
    const keys = Array.from({ length: 10 }, (_, at) => `k${at}`)
    const even = new Map(keys.flatMap((key, at) => (at % 2 ? [] : [[key, at]])))
    expect(await here.cache.getMany(keys)).toEqual(even)
    expect(await there.cache.getMany(keys)).toEqual(even)
    await there.cache.invalidateTags('t')
    expect(await there.cache.getMany(keys)).toEqual(new Map())
  })

  test('tags of the cache, and of a call instead', async () => {
    const { cache } = stageOf({ tags: ['all'] })
    await cache.set('a', 1)
    await cache.set('b', 2, { tags: ['b'] })
    await cache.getOrSet('c', () => 3)
    await cache.invalidateTags('all')
    expect(await cache.getMany(['a', 'b', 'c'])).toEqual(new Map([['b', 2]]))
  })

  test('a value that is set without tags has those of the one before no longer', async () => {
    const { cache } = stageOf()
    await cache.set('k', 1, { tags: ['t'] })
    await cache.set('k', 1)
    await cache.invalidateTags('t')
    expect(await cache.get('k')).toBe(1)
  })

  test('what is loaded again after an invalidation counts', async () => {
    const { cache } = stageOf()
    let calls = 0
    const load = () => cache.getOrSet('k', () => ++calls, { tags: ['a', 'b'] })
    expect([await load(), await load()]).toEqual([1, 1])
    await cache.invalidateTags('b')
    expect([await load(), await load()]).toEqual([2, 2])
    expect(await cache.get('k')).toBe(2)
  })

  test('a stamp that truth has lost invalidates rather than revives', async () => {
    const here = stageOf()
    await here.cache.set('k', 1, { tags: ['t'] })
    here.truth.behind.commands.del('~tag:t')
    expect(await stageOf({}, here.truth).cache.get('k')).toBe(undefined)
  })

  test('a text and stamps that do not belong together do not count', async () => {
    const here = stageOf()
    const { commands } = here.truth.behind
    await here.cache.set('k', 'first', { tags: ['t'] })
    const before = String(commands.get('k'))
    await here.cache.set('k', 'second', { tags: ['u'] })
    // As if the process had died between both writes.
    commands.set('k', before)
    expect(await stageOf({}, here.truth).cache.get('k')).toBe(undefined)
    commands.del('~of:k')
    expect(await stageOf({}, here.truth).cache.get('k')).toBe(undefined)
  })

  test('tags and keys with names of their own kind', async () => {
    const { cache } = stageOf()
    for (const name of ['__proto__', 'constructor', 'ä😀', ' ']) {
      await cache.set(name, name, { tags: [name] })
      expect(await cache.get(name)).toBe(name)
      await cache.invalidateTags(name)
      expect(await cache.get(name)).toBe(undefined)
    }
  })

  test('a near hit of a tagged value asks truth nothing', async () => {
    const { cache, truth } = stageOf()
    for (let at = 0; at < 2; at++) {
      await cache.set('k', 1, { tags: ['a', 'b'] })
      await cache.get('k')
      await cache.get('k')
    }
    truth.log.length = 0
    await cache.get('k')
    await cache.getOrSet('k', () => 2)
    expect(truth.log).toEqual([])
  })

  describe('a stamp lives as long as it is needed', () => {
    beforeEach(() => {
      vi.useFakeTimers({ now: 1_700_000_000_000, toFake: ['Date'] })
    })
    afterEach(() => {
      vi.useRealTimers()
    })

    test('it is prolonged in time, and ends when nothing needs it', async () => {
      const { cache, truth } = stageOf({ ttl: '10d' })
      const day = 86_400_000
      await cache.set('a', 1, { tags: ['t'] })
      expect(truth.behind.commands.ttl('~tag:t')).toBe(20 * day)
      vi.setSystemTime(Date.now() + 9 * day)
      await cache.set('b', 1, { tags: ['t'] })
      vi.setSystemTime(Date.now() + 9 * day)
      expect(await cache.get('b')).toBe(1)
      await cache.set('c', 1, { tags: ['t'] })
      vi.setSystemTime(Date.now() + 9 * day)
      expect(await cache.get('c')).toBe(1)
      vi.setSystemTime(Date.now() + 20 * day)
      expect(truth.behind.commands.get('~tag:t')).toBe(null)
    })

    test('a process whose values live longer makes another', async () => {
      const here = stageOf({ ttl: '10d' })
      const there = stageOf({ ttl: '1m' }, here.truth)
      await there.cache.set('a', 1, { tags: ['t'] })
      await here.cache.set('b', 1, { tags: ['t'] })
      vi.setSystemTime(Date.now() + 9 * 86_400_000)
      expect(await here.cache.get('b')).toBe(1)
    })
  })
})

describe('O7: clear', () => {
  test('everything, in this process and in others, by one write', async () => {
    const here = stageOf()
    const there = stageOf({}, here.truth, { nearTtl: 0 })
    await here.cache.setMany({ a: 1, b: 2 })
    expect(await there.cache.get('a')).toBe(1)
    here.truth.log.length = 0
    await here.cache.clear()
    expect(here.truth.log).toEqual(['set ~clear'])
    expect(await here.cache.getMany(['a', 'b'])).toEqual(new Map())
    expect(await there.cache.getMany(['a', 'b'])).toEqual(new Map())
    await here.cache.set('a', 3)
    expect(await there.cache.get('a')).toBe(3)
    expect(await stageOf({}, here.truth).cache.get('a')).toBe(3)
    await there.cache.clear()
    expect(await here.cache.delete('a')).toBe(true)
  })

  test('another cache on the same client sees it at once', async () => {
    const { cache, client, truth } = stageOf()
    const { createCache } = await import('./create-cache.ts')
    const other = createCache(client)
    await cache.set('k', 1)
    expect([await other.get('k'), await other.get('k')]).toEqual([1, 1])
    await cache.clear()
    expect(await other.get('k')).toBe(undefined)
    expect(truth.behind.commands.get('k')).toBe('1')
  })

  test('what was cleared stays so when truth has lost the generation', async () => {
    const { cache, truth, client } = stageOf({}, truthOf(), { nearTtl: 0 })
    await cache.set('k', 1)
    await cache.clear()
    truth.behind.commands.del('~clear')
    expect(await cache.get('k')).toBe(undefined)
    truth.behind.commands.set('~clear', '0')
    expect(await cache.get('k')).toBe(undefined)
    expect(await client.get('~clear')).not.toBe('0')
  })
})
