import { plainString, string } from '@jcache/driver'
import { leanMemoryOf, memory, plainStringGroup, stringGroup } from '@jcache/memory'
import { describe, expect, test } from 'vitest'
import { createClient, createClientOf } from '../client.ts'
import { leanClientOf } from '../lean-client.ts'
import { stageOf } from './cache.fixture.ts'
import { createCache } from './create-cache.ts'

describe('O1: values by key', () => {
  test('set, get, has, delete', async () => {
    const { cache } = stageOf()
    expect(await cache.get('k')).toBe(undefined)
    expect(await cache.has('k')).toBe(false)
    await cache.set('k', { a: 1 })
    expect(await cache.get('k')).toEqual({ a: 1 })
    expect(await cache.has('k')).toBe(true)
    expect(await cache.delete('k')).toBe(true)
    expect(await cache.delete('k')).toBe(false)
    expect(await cache.get('k')).toBe(undefined)
  })

  test('getMany answers those that are there, setMany sets all or, with a value or a key it must refuse, none', async () => {
    const { cache, truth } = stageOf()
    await cache.setMany({ a: 1, b: null })
    expect(await cache.getMany(['a', 'none', 'b'])).toEqual(
      new Map([
        ['a', 1],
        ['b', null],
      ]),
    )
    await expect(cache.setMany({ a: 2, c: 1n })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
    await expect(cache.setMany({ a: 2, '~c': 1 })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
    expect(truth.behind.commands.get('a')).toBe('1')
  })

  test('wrap caches by the key that is made of the arguments', async () => {
    const { cache } = stageOf()
    let calls = 0
    const sum = cache.wrap(async (left: number, right: number) => left + right + 0 * calls++, {
      key: (left, right) => `sum:${left}:${right}`,
      ttl: '1m',
    })
    expect([await sum(1, 2), await sum(1, 2), await sum(2, 2)]).toEqual([3, 3, 4])
    expect(calls).toBe(2)
  })

  test('wrap tells by its promise that no key can be made', async () => {
    const { cache } = stageOf()
    const wrapped = cache.wrap(() => 1, {
      key: () => {
        throw new Error('no key')
      },
    })
    await expect(wrapped()).rejects.toThrow('no key')
  })

  test('on a client of one lean tier, strings only', async () => {
    const cache = createCache(createClientOf(string, leanMemoryOf(stringGroup)()), { ttl: '5m' })
    await cache.set('k', { a: 1 }, { tags: ['t'] })
    expect(await cache.get('k')).toEqual({ a: 1 })
    expect(await cache.getOrSet('l', () => 2)).toBe(2)
    expect(await cache.get('l')).toBe(2)
    await cache.invalidateTags('t')
    expect(await cache.get('k')).toBe(undefined)
    expect(await cache.delete('l')).toBe(true)
    expect(await cache.get('l')).toBe(undefined)
    await cache.set('k', 3)
    await cache.clear()
    expect(await cache.get('k')).toBe(undefined)
  })

  test('on a lean client', async () => {
    const cache = createCache(leanClientOf(plainString, leanMemoryOf(plainStringGroup)()), { ttl: '5m' })
    await cache.set('k', { a: 1 }, { tags: ['t'] })
    expect(await cache.get('k')).toBe(await cache.get('k'))
    expect(await cache.getOrSet('k', () => 0)).toEqual({ a: 1 })
    await cache.invalidateTags('t')
    expect(await cache.get('k')).toBe(undefined)
    expect(await cache.getOrSetMany(['k', 'l'], () => ({ k: 1, l: 2 }))).toEqual(
      new Map([
        ['k', 1],
        ['l', 2],
      ]),
    )
    expect(await cache.delete('k')).toBe(true)
    await cache.clear()
    expect(await cache.get('l')).toBe(undefined)
  })

  test('what another wrote on a tier that tells no ttl does not count, and is written over', async () => {
    const client = createClientOf(string, leanMemoryOf(stringGroup)())
    await client.set('k', '1')
    const cache = createCache(client)
    expect(await cache.get('k')).toBe(undefined)
    expect(await cache.getOrSet('k', () => 2)).toBe(2)
    expect(await client.get('k')).toBe('2')
  })
})

describe('bad input changes nothing', () => {
  test.each([{ ttl: 0 }, { ttl: 'soon' }, { jitter: 1 }, { tags: [''] }, { size: 1 }, { prefix: 1 }])(
    'the option %o',
    (options) => {
      expect(() => createCache(createClient([memory()]), options as never)).toThrow(
        expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
      )
    },
  )

  test('a loader that is none', async () => {
    const { cache, truth } = stageOf()
    const bad = 5 as never
    await expect(cache.getOrSet('k', bad)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
    await expect(cache.getOrSetMany(['k'], bad)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
    expect(truth.log).toEqual([])
  })

  test('options of calls', async () => {
    const { cache, truth } = stageOf()
    await expect(cache.set('k', 1, { ttl: -1 })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
    await expect(cache.getOrSet('k', () => 1, { stale: 1 } as never)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    })
    expect(truth.log).toEqual([])
  })

  test.each(['', '~k', 1, undefined])('the key %o', async (key) => {
    const { cache, truth } = stageOf()
    const bad = key as string
    for (const call of [
      () => cache.get(bad),
      () => cache.set(bad, 1),
      () => cache.delete(bad),
      () => cache.has(bad),
      () => cache.getOrSet(bad, () => 1),
      () => cache.getOrSetMany([bad], () => []),
      () => cache.getMany([bad]),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
    expect(truth.log).toEqual([])
  })

  test('a key that holds another type', async () => {
    const { cache, client } = stageOf()
    await cache.set('k', 1)
    await client.del('k')
    await client.hset('k', { field: 'x' })
    await expect(cache.get('k')).rejects.toMatchObject({ code: 'WRONG_TYPE' })
    await expect(cache.getOrSet('k', () => 1)).rejects.toMatchObject({ code: 'WRONG_TYPE' })
    expect(await client.hget('k', 'field')).toBe('x')
  })
})

describe('O4: no envelope', () => {
  test('other programs read what is written, and what they write is read', async () => {
    const { cache, truth } = stageOf({ prefix: 'shop:', stale: '1h' })
    await cache.set('user', { name: 'Ann' })
    await cache.set('tagged', [1], { tags: ['t'] })
    expect(truth.behind.commands.get('shop:user')).toBe('{"name":"Ann"}')
    expect(JSON.parse(String(truth.behind.commands.get('shop:tagged')))).toEqual([1])
    expect(truth.behind.commands.ttl('shop:user')).toBeGreaterThan(3_600_000 + 290_000)
    truth.behind.commands.set('shop:other', '{"from":"elsewhere"}')
    expect(await cache.get('other')).toEqual({ from: 'elsewhere' })
    truth.behind.commands.set('shop:plain', 'no JSON')
    expect(await cache.get('plain')).toBe(undefined)
    expect(await cache.getOrSet('plain', () => 'now it is')).toBe('now it is')
    expect(truth.behind.commands.get('shop:plain')).toBe('"now it is"')
  })

  test('a foreign text over a tagged value counts, whatever lies beside', async () => {
    const { cache, truth } = stageOf({}, undefined, { nearTtl: 0 })
    await cache.set('k', 'ours', { tags: ['t'] })
    truth.behind.commands.set('k', '"theirs"')
    expect(await cache.get('k')).toBe('theirs')
    await cache.invalidateTags('t')
    expect(await cache.get('k')).toBe('theirs')
  })

  test('prefixes keep caches apart, tags and clear included', async () => {
    const { cache, client } = stageOf({ prefix: 'a:' })
    const other = createCache(client, { prefix: 'b:' })
    for (const each of [cache, other]) await each.set('k', 1, { tags: ['t'] })
    await cache.invalidateTags('t')
    expect([await cache.get('k'), await other.get('k')]).toEqual([undefined, 1])
    await cache.clear()
    expect(await other.get('k')).toBe(1)
  })
})
