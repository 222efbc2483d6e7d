import type { Commands } from '../commands/index.ts'
import type { Check } from './check.ts'
import { type Content, contentsOf, put, read, typeOf } from './content.ts'
import { expectEqual } from './equal.ts'
import { near } from './near.ts'
import { NotOffered } from './not-offered.ts'
import { until } from './until.ts'

/** What has expired is as if it had never been, for every type. */
export function expiryChecks(): Check[] {
  return [
    onEach('expires by itself and is no key then', async (c, key, content) => {
      await c.expire(key, 25)
      await until(async () => (await c.exists(key)) === 0, 'the key expires')
      expectEqual(await c.type(key), null, 'type answered')
      expectEqual(await c.ttl(key), null, 'ttl answered')
      expectEqual(await c.del(key), 0, 'del answered')
      expectEqual(await c.persist(key), false, 'persist answered')
      const nothing = { string: null, list: [], set: new Set(), hash: {}, zset: {} }
      expectEqual(await read(c, key, typeOf(content)), nothing[typeOf(content)], 'the key holds')
    }),
    onEach('starts anew after it has expired, without expiry', async (c, key, content) => {
      await c.expire(key, 25)
      await until(async () => (await c.exists(key)) === 0, 'the key expires')
      await put(c, key, content)
      expectEqual(await read(c, key, typeOf(content)), content, 'the key holds')
      expectEqual(await c.ttl(key), Infinity, 'ttl answered')
    }),
    onEach('makes way for any type after it has expired', async (c, key) => {
      await c.expireat(key, Date.now() - 1)
      expectEqual(await c.setnx(key, 'text'), true, 'setnx answered')
      expectEqual(await c.get(key), 'text', 'get answered')
    }),
    onEach('keeps its expiry while it changes', async (c, key, content) => {
      await c.expire(key, '1h')
      const change = {
        string: () => c.set(key, 'new', { keepttl: true }),
        list: () => c.lpush(key, 'new'),
        set: () => c.sadd(key, 'new'),
        hash: () => c.hset(key, { new: 'text' }),
        zset: () => c.zadd(key, { new: 2 }),
      }
      await change[typeOf(content)]()
      expectEqual(near(await c.ttl(key), 3_600_000), 'near', 'ttl answered')
    }),
    {
      name: 'expiry: goes with the key',
      run: async ({ commands: c }, key) => {
        await c.rpush(key, 'a')
        await c.expire(key, '1h')
        await c.lpop(key)
        await c.rpush(key, 'b')
        expectEqual(await c.ttl(key), Infinity, 'ttl answered')
      },
    },
    {
      name: 'expiry: is of its own for each of many keys',
      run: async ({ commands: c }, key) => {
        for (let n = 0; n < 30; n++) await c.set(`${key}${n}`, 'text', { ttl: n % 2 ? '1h' : 25 })
        const keys = Array.from({ length: 30 }, (_, n) => key + n)
        await until(async () => (await c.exists(...keys)) === 15, 'half of the keys expire')
        expectEqual(
          await c.mget(...keys),
          keys.map((_, n) => (n % 2 ? 'text' : null)),
          'mget answered',
        )
      },
    },
  ]
}

function onEach(says: string, run: (c: Commands, key: string, content: Content) => Promise<void>): Check {
  return {
    name: `expiry: a value of any type ${says}`,
    run: async (subject, key) => {
      const contents = contentsOf(subject)
      if (!contents.length) throw new NotOffered('offers no type')
      for (const content of contents) {
        const own = key + typeOf(content)
        await put(subject.commands, own, content)
        await run(subject.commands, own, content)
      }
    },
  }
}
