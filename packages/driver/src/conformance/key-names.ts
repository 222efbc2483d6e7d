import type { KeyCommands } from '../commands/keys.ts'
import type { Cases } from './case.ts'
import { near } from './near.ts'
import { until } from './until.ts'
import { walk } from './walk.ts'

/** Cases of the commands on the names of keys, and of their walk. */
export const keyNameCases: Cases<Pick<KeyCommands, 'rename' | 'scan'>> = {
  rename: [
    {
      says: 'gives the key its new name',
      given: 'text',
      run: async (c, k) => [await c.rename(k, `${k}b`), await c.get(`${k}b`)],
      answers: [undefined, 'text'],
      leaves: null,
    },
    {
      says: 'takes what the key holds along, of any type',
      given: ['a', 'b'],
      run: async (c, k) => {
        await c.rename(k, `${k}b`)
        await c.rpush(`${k}b`, 'c')
        return c.lrange(`${k}b`, 0, -1)
      },
      answers: ['a', 'b', 'c'],
      leaves: null,
    },
    {
      says: 'takes the place of a key of that name, its type and its expiry',
      given: { m: 1 },
      run: async (c, k) => {
        await c.set(`${k}b`, 'text', { ttl: '1h' })
        await c.rename(k, `${k}b`)
        return [await c.zscore(`${k}b`, 'm'), await c.ttl(`${k}b`)]
      },
      answers: [1, Infinity],
      leaves: null,
    },
    {
      says: 'takes the expiry along',
      run: async (c, k) => {
        await c.set(k, 'text', { ttl: '1h' })
        await c.rename(k, `${k}b`)
        await c.set(k, 'new')
        return [near(await c.ttl(`${k}b`), 3_600_000), await c.ttl(k)]
      },
      answers: ['near', Infinity],
    },
    {
      says: 'is told of by both names, at once',
      given: 'old',
      run: async (c, k) => {
        await c.set(`${k}b`, 'other')
        const before = [await c.get(k), await c.get(`${k}b`)]
        await c.rename(k, `${k}b`)
        return [...before, await c.get(k), await c.get(`${k}b`), await c.exists(k, `${k}b`)]
      },
      answers: ['old', 'other', null, 'old', 1],
    },
    {
      says: 'leaves a key that keeps its name',
      run: async (c, k) => {
        await c.set(k, 'text', { ttl: '1h' })
        return [await c.rename(k, k), near(await c.ttl(k), 3_600_000)]
      },
      answers: [undefined, 'near'],
      leaves: 'text',
    },
    {
      says: 'refuses a key that is not there, and leaves the other',
      run: async (c, k) => {
        await c.set(`${k}b`, 'text')
        return c.rename(k, `${k}b`)
      },
      fails: 'NO_SUCH_KEY',
      leaves: null,
    },
    {
      says: 'refuses a key that is not there and keeps its name',
      run: (c, k) => c.rename(k, k),
      fails: 'NO_SUCH_KEY',
      leaves: null,
    },
  ],
  scan: [
    {
      says: 'meets every key, page by page',
      run: async (c, k) => {
        const keys = Array.from({ length: 120 }, (_, n) => `${k}${n}`)
        await c.mset(keys.map((key) => [key, 'text'] as const))
        const met = new Set(await walk((cursor) => c.scan(cursor, { match: `${k}*`, count: 50 })))
        return [met.size, keys.every((key) => met.has(key))]
      },
      answers: [120, true],
    },
    {
      says: 'meets keys without a pattern too',
      given: 'text',
      run: async (c, k) => (await walk((cursor) => c.scan(cursor, { count: 1_000 }))).includes(k),
      answers: true,
    },
    {
      says: 'answers the keys that fit the pattern',
      run: async (c, k) => {
        await c.mset(['a1', 'a2', 'a*', 'b1'].map((end) => [k + end, 'text'] as const))
        const found = async (end: string) => {
          const met = await walk((cursor) => c.scan(cursor, { match: k + end, count: 500 }))
          return [...new Set(met)].map((key) => key.slice(k.length)).sort()
        }
        return Promise.all(['a*', 'a\\*', '?1', '[^b]?', 'none'].map(found))
      },
      answers: [['a*', 'a1', 'a2'], ['a*'], ['a1', 'b1'], ['a*', 'a1', 'a2'], []],
    },
    {
      says: 'answers the keys that hold the type',
      given: 'text',
      run: async (c, k) => {
        await c.rpush(`${k}list`, 'a')
        await c.hset(`${k}hash`, { f: 'a' })
        await c.zadd(`${k}zset`, { m: 1 })
        const found = async (type: 'string' | 'list' | 'hash' | 'zset' | 'set') =>
          new Set(await walk((cursor) => c.scan(cursor, { type, match: `${k}*`, count: 500 })))
        const texts = await found('string')
        const others = [await found('list'), await found('hash'), await found('zset'), await found('set')]
        return [
          texts.has(k),
          texts.size,
          ...others.map((keys) => [...keys].map((key) => key.slice(k.length))),
        ]
      },
      answers: [true, 1, ['list'], ['hash'], ['zset'], []],
    },
    {
      says: 'meets what is there all the while, whatever comes and goes',
      run: async (c, k) => {
        const keys = Array.from({ length: 200 }, (_, n) => `${k}${n}`)
        await c.mset(keys.map((key) => [key, 'text'] as const))
        let pages = 0
        const met = new Set(
          await walk(async (cursor) => {
            if (pages < 30) {
              await c.del(`${k}${pages * 3}`, `${k}${pages * 3 + 1}`)
              await c.set(`${k}new ${pages++}`, 'text')
            }
            return c.scan(cursor, { match: `${k}*`, count: 20 })
          }),
        )
        return keys.filter((_, n) => n >= pages * 3 || n % 3 === 2).every((key) => met.has(key))
      },
      answers: true,
    },
    {
      says: 'answers no key that has expired',
      run: async (c, k) => {
        await c.set(k, 'text', { ttl: 20 })
        await c.set(`${k}b`, 'text', { ttl: '1h' })
        await until(async () => (await c.get(k)) === null, 'the key expires')
        return (await walk((cursor) => c.scan(cursor, { match: `${k}*`, count: 500 }))).length
      },
      answers: 1,
    },
  ],
}
