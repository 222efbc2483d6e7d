import type { Commands } from '../commands/index.ts'
import { MAX_KEY_LENGTH } from '../kinds/basic.ts'
import type { Check } from './check.ts'
import { expectEqual } from './equal.ts'

/** Texts, names and scores that naive code loses come back as they were. */
export function awkwardChecks(): Check[] {
  const texts = awkwardTexts()
  return [
    ...each(texts, 'is a text', async (c, key, text) => {
      await c.set(key, text)
      expectEqual(await c.get(key), text, 'get answered')
      expectEqual(await c.mget(`${key}missing`, key), [null, text], 'mget answered')
    }),
    ...each(texts, 'is a field and its text', async (c, key, text) => {
      expectEqual(
        await c.hset(key, [
          [text, text],
          ['other', 'text'],
        ]),
        2,
        'hset answered',
      )
      expectEqual(await c.hget(key, text), text, 'hget answered')
      const all = Object.fromEntries([
        [text, text],
        ['other', 'text'],
      ])
      expectEqual(await c.hgetall(key), all, 'hgetall answered')
      expectEqual(await c.hdel(key, text), 1, 'hdel answered')
      expectEqual(await c.hkeys(key), ['other'], 'hkeys answered')
    }),
    ...each(texts, 'is a value of a list', async (c, key, text) => {
      await c.rpush(key, 'a', text, text)
      expectEqual(await c.lrange(key, 0, -1), ['a', text, text], 'lrange answered')
      expectEqual(await c.rpop(key), text, 'rpop answered')
      expectEqual(await c.lindex(key, 1), text, 'lindex answered')
    }),
    ...each(texts, 'is a member of a set', async (c, key, text) => {
      await c.sadd(key, text, 'other')
      expectEqual(new Set(await c.smembers(key)), new Set([text, 'other']), 'smembers answered')
      expectEqual(await c.sismember(key, text), true, 'sismember answered')
      expectEqual(await c.srem(key, text), 1, 'srem answered')
      expectEqual(await c.sismember(key, text), false, 'sismember answered')
    }),
    ...each(texts, 'is a member', async (c, key, text) => {
      const members: [string, number][] = [
        [text, 1],
        ['other', 2],
      ]
      await c.zadd(key, members)
      expectEqual(await c.zrange(key, 0, -1, { withScores: true }), members, 'zrange answered')
      expectEqual(await c.zscore(key, text), 1, 'zscore answered')
      expectEqual(await c.zrank(key, text), 0, 'zrank answered')
      expectEqual(await c.zrem(key, text), 1, 'zrem answered')
    }),
    ...each(
      texts.filter(([, text]) => text.length < 1_000),
      'may end a key',
      async (c, key, text) => {
        await c.set(key + text, 'text')
        expectEqual(await c.get(key + text), 'text', 'get answered')
        expectEqual(await c.get(`${key + text}!`), null, 'get of another key answered')
      },
    ),
    ...each(namesOfNature(), 'is a key', async (c, _, name) => {
      // These keys are no case's own: they are set to one text by all, and left to expire.
      await c.set(name, 'a text', { ttl: '1m' })
      expectEqual(await c.get(name), 'a text', 'get answered')
    }),
    ...each([['the longest key', '']], 'is a key', async (c, key) => {
      const longest = key.padEnd(MAX_KEY_LENGTH, 'x')
      await c.set(longest, 'text')
      expectEqual(await c.get(longest), 'text', 'get answered')
      expectEqual(await c.get(longest.slice(0, -1)), null, 'get of a shorter key answered')
    }),
    ...each(namesOfNature(), 'reaches no prototype', async (c, key, name) => {
      await c.hset(key, [[name, 'polluted']])
      const answered: object = await c.hgetall(key)
      expectEqual(Object.keys(answered), [name], 'hgetall answered the fields')
      for (const natural of [{}, [], new Map(), () => {}])
        expectEqual(Reflect.get(natural, name) === 'polluted', false, 'that every object has the field is')
    }),
    ...each(awkwardScores(), 'is a score', async (c, key, score) => {
      await c.zadd(key, { m: score, more: Infinity, less: -Infinity })
      expectEqual(await c.zscore(key, 'm'), score, 'zscore answered')
      expectEqual(
        (await c.zrange(key, 0, -1, { withScores: true })).find(([m]) => m === 'm'),
        ['m', score],
        'zrange answered',
      )
      expectEqual(
        (await c.zrangebyscore(key, score, score)).includes('m'),
        true,
        'that zrangebyscore finds it is',
      )
      await c.zremrangebyscore(key, score, score)
      expectEqual(await c.zscore(key, 'm'), null, 'zscore after zremrangebyscore answered')
    }),
  ]
}

function each<Item>(
  items: readonly (readonly [name: string, item: Item])[],
  says: string,
  run: (c: Commands, key: string, item: Item) => Promise<void>,
): Check[] {
  return items.map(([name, item]) => ({
    name: `awkward: ${name} ${says}`,
    run: ({ commands }, key) => run(commands, key, item),
  }))
}

function awkwardTexts(): readonly (readonly [name: string, text: string])[] {
  return [
    ['an empty text', ''],
    ['a space', ' '],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['hasOwnProperty', 'hasOwnProperty'],
    ['the word null', 'null'],
    ['a number', '1e3'],
    ['a number with leading zeros', '007'],
    ['an integer beyond 64 bits', '123456789012345678901234567890'],
    ['JSON', '{"a":[1,"b"]}'],
    ['a brace', '}{'],
    ['a line of the protocol', '$5\r\nhello\r\n'],
    ['NUL', 'a\0b'],
    ['a quote', `"'\`\\`],
    ['an accent', 'é e\u0301'],
    ['an emoji', '👩🏽‍🚀'],
    ['U+FFFF', '\uffff'],
    ['U+10FFFF', '\u{10ffff}'],
    ['a byte order mark', '\ufeffa'],
    ['a megabyte', 'a é 漢 🎈 '.repeat(80_000)],
  ]
}

/** Names that every object answers to. */
function namesOfNature(): readonly (readonly [name: string, text: string])[] {
  return ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'length'].map((name) => [
    name,
    name,
  ])
}

function awkwardScores(): readonly (readonly [name: string, score: number])[] {
  return [
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
    ['0', 0],
    ['-0', -0],
    ['2^53', 2 ** 53],
    ['-(2^53)', -(2 ** 53)],
    ['0.1 + 0.2', 0.1 + 0.2],
    ['1 / 3', 1 / 3],
    ['the smallest number', 5e-324],
    ['the greatest number', Number.MAX_VALUE],
    ['1e21', 1e21],
    ['-1e-7', -1e-7],
  ]
}
