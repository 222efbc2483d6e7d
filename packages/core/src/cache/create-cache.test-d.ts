import { memory } from '@jcache/memory'
import { describe, expectTypeOf, test } from 'vitest'
import { createClient } from '../client.ts'
import { createCache } from './create-cache.ts'

interface User {
  readonly name: string
}
interface Shop {
  [id: `user:${string}`]: User
  [id: `stock:${string}`]: number
}

const client = createClient([memory()])
const cache = createCache(client)
const shop = createCache<Shop>(client)

describe('values without typed keys', () => {
  test('the loader gives the type', () => {
    expectTypeOf(cache.getOrSet('k', () => ({ a: 1 }))).resolves.toEqualTypeOf<{ a: number }>()
    expectTypeOf(cache.getOrSet('k', async () => null as User | null)).resolves.toEqualTypeOf<User | null>()
    expectTypeOf(cache.getOrSet('k', ({ signal }) => signal.aborted)).resolves.toEqualTypeOf<boolean>()
  })

  test('get answers unknown, or what it is said to be', () => {
    expectTypeOf(cache.get('k')).resolves.toEqualTypeOf<unknown>()
    expectTypeOf(cache.get<User>('k')).resolves.toEqualTypeOf<User | undefined>()
    expectTypeOf(cache.getMany<User>(['k'])).resolves.toEqualTypeOf<Map<string, User>>()
  })

  test('wrap keeps the signature', () => {
    const wrapped = cache.wrap(async (id: number, _deep?: boolean) => ({ id }), { key: (id) => `user:${id}` })
    expectTypeOf(wrapped).toEqualTypeOf<(id: number, _deep?: boolean) => Promise<{ id: number }>>()
    // @ts-expect-error: a key is wanted
    cache.wrap(async () => 1, {})
  })

  test('getOrSetMany: keys in, their values out', () => {
    const found = cache.getOrSetMany(['a', 'b'] as const, (missing) => {
      expectTypeOf(missing).toEqualTypeOf<readonly ('a' | 'b')[]>()
      return { a: 1 }
    })
    expectTypeOf(found).resolves.toEqualTypeOf<Map<'a' | 'b', number>>()
  })

  test('options', () => {
    createCache(client, { ttl: '5m', stale: '1h', tags: ['t'] })
    // @ts-expect-error: no such unit
    createCache(client, { ttl: '5y' })
    // @ts-expect-error: no such option
    createCache(client, { size: 1 })
    // @ts-expect-error: all values of a cache agree on it
    cache.getOrSet('k', () => 1, { stale: '1h' })
  })
})

describe('typed keys', () => {
  test('the key gives the type', () => {
    expectTypeOf(shop.get('user:1')).resolves.toEqualTypeOf<User | undefined>()
    expectTypeOf(shop.get('stock:1')).resolves.toEqualTypeOf<number | undefined>()
    // @ts-expect-error: no such key
    shop.get('cart:1')
  })

  test('values must fit', () => {
    shop.set('user:1', { name: 'Ann' })
    // @ts-expect-error: a user is wanted
    shop.set('user:1', 1)
    shop.getOrSet('stock:1', () => 5)
    // @ts-expect-error: a number is wanted
    shop.getOrSet('stock:1', () => 'many')
  })
})
