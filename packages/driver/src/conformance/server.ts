import type { ServerCommands } from '../commands/server.ts'
import type { Cases } from './case.ts'

/** Cases of the commands on all keys: they run where nobody else has any. */
export const serverCases: Cases<ServerCommands> = {
  dbsize: [
    {
      says: 'counts the keys',
      run: async (c, k) => {
        await c.flushall()
        await c.set(k, 'text')
        await c.rpush(`${k}b`, 'a', 'b')
        const before = await c.dbsize()
        await c.del(k)
        return [before, await c.dbsize()]
      },
      answers: [2, 1],
    },
    {
      says: 'answers 0 without keys',
      run: async (c) => {
        await c.flushall()
        return c.dbsize()
      },
      answers: 0,
    },
    {
      says: 'takes no arguments',
      run: (c, k) => Reflect.apply(c.dbsize, c, [k]),
      fails: 'INVALID_ARGUMENT',
    },
  ],
  randomkey: [
    {
      says: 'answers each of the keys in time',
      run: async (c, k) => {
        await c.flushall()
        const keys = [k, `${k}b`, `${k}c`]
        await c.mset(keys.map((key) => [key, 'text'] as const))
        const found = new Set<string | null>()
        for (let tries = 0; tries < 1_000 && found.size < 3; tries++) found.add(await c.randomkey())
        return keys.map((key) => found.delete(key)).concat(found.size > 0)
      },
      answers: [true, true, true, false],
    },
    {
      says: 'finds the one that is left of many',
      run: async (c, k) => {
        await c.flushall()
        await c.mset(Array.from({ length: 500 }, (_, n) => [`${k}${n}`, 'text'] as const))
        await c.del(...Array.from({ length: 499 }, (_, n) => `${k}${n}`))
        return (await c.randomkey()) === `${k}499`
      },
      answers: true,
    },
    {
      says: 'answers null without keys',
      run: async (c) => {
        await c.flushall()
        return c.randomkey()
      },
      answers: null,
    },
    {
      says: 'takes no arguments',
      run: (c, k) => Reflect.apply(c.randomkey, c, [k]),
      fails: 'INVALID_ARGUMENT',
    },
  ],
  flushall: [
    {
      says: 'removes every key, of any type',
      given: 'text',
      run: async (c, k) => {
        await c.rpush(`${k}b`, 'a')
        await c.hset(`${k}c`, { f: 'text' })
        return [await c.flushall(), await c.exists(k, `${k}b`, `${k}c`)]
      },
      answers: [undefined, 0],
      leaves: null,
    },
    {
      says: 'removes what was read before',
      given: { f: 'text' },
      run: async (c, k) => {
        const before = await c.hget(k, 'f')
        await c.flushall()
        return [before, await c.hget(k, 'f'), await c.hgetall(k)]
      },
      answers: ['text', null, {}],
    },
    {
      says: 'removes the expiries with the keys',
      run: async (c, k) => {
        await c.set(k, 'text', { ttl: '1h' })
        await c.flushall()
        await c.set(k, 'new', { keepttl: true })
        return c.ttl(k)
      },
      answers: Infinity,
    },
    {
      says: 'leaves an empty store as it is',
      run: async (c) => [await c.flushall(), await c.flushall()],
      answers: [undefined, undefined],
    },
    {
      says: 'takes no arguments',
      given: 'text',
      run: (c) => Reflect.apply(c.flushall, c, ['async']),
      fails: 'INVALID_ARGUMENT',
    },
  ],
}
