import type { CombineOptions, SortedSetCommands } from '../commands/sorted-set.ts'
import type { Case, Cases } from './case.ts'
import { type Content, put } from './content.ts'

/** Cases of the commands that make one sorted set of several. */
export const sortedSetCombineCases: Cases<Pick<SortedSetCommands, 'zunionstore' | 'zinterstore'>> = {
  zunionstore: [
    stores(
      'zunionstore',
      'adds the scores of members in several',
      [
        { a: 1, b: 2 },
        { b: 3, c: 4 },
      ],
      {},
      { a: 1, b: 5, c: 4 },
    ),
    stores(
      'zunionstore',
      'takes sets, with scores of 1',
      [{ a: 1 }, new Set(['a', 'b'])],
      {},
      { b: 1, a: 2 },
    ),
    stores(
      'zunionstore',
      'makes a sorted set of a set',
      [new Set(['a', 'b'])],
      { weights: [2.5] },
      { a: 2.5, b: 2.5 },
    ),
    stores('zunionstore', 'passes over keys that are missing', [null, { a: 1 }], {}, { a: 1 }),
    stores(
      'zunionstore',
      'multiplies by weights before it adds',
      [
        { a: 1, b: 2 },
        { b: 3, c: 4 },
      ],
      { weights: [10, -0.5] },
      { c: -2, a: 10, b: 18.5 },
    ),
    stores(
      'zunionstore',
      'keeps the least with min',
      [
        { a: 1, b: 2 },
        { a: 3, b: -1 },
      ],
      { aggregate: 'min' },
      { b: -1, a: 1 },
    ),
    stores(
      'zunionstore',
      'keeps the greatest with max, after the weights',
      [
        { a: 1, b: 2 },
        { a: 3, b: -1 },
      ],
      { aggregate: 'max', weights: [2, 1] },
      { a: 3, b: 4 },
    ),
    stores(
      'zunionstore',
      'makes Infinity less Infinity 0',
      [
        { a: Infinity, b: 1 },
        { a: -Infinity, b: Infinity },
      ],
      {},
      { a: 0, b: Infinity },
    ),
    stores(
      'zunionstore',
      'makes Infinity times 0 0',
      [{ a: -Infinity, b: 1 }],
      { weights: [0] },
      { a: 0, b: 0 },
    ),
    stores(
      'zunionstore',
      'makes 0 times infinite weights 0',
      [{ a: 0, b: 1 }, { a: -1 }],
      { weights: [-Infinity, 1] },
      { b: -Infinity, a: -1 },
    ),
    stores(
      'zunionstore',
      'begins with the smallest, as sums of doubles hang on their order',
      [{ a: 0.1, b: 1, c: 1 }, { a: 0.2, b: 1 }, { a: 0.3 }],
      {},
      { a: 0.3 + 0.2 + 0.1, b: 2, c: 1 },
    ),
    {
      says: 'counts a key named twice twice',
      given: { a: 1, b: 2 },
      run: async (c, k) => c.zunionstore(k, [k, k], { weights: [1, 2] }),
      answers: 2,
      leaves: { a: 3, b: 6 },
    },
    {
      says: 'may store over one of the keys',
      given: { a: 1 },
      run: async (c, k) => {
        await c.zadd(`${k}b`, { a: 1, b: 1 })
        return [await c.zunionstore(k, [k, `${k}b`]), await c.zcard(`${k}b`)]
      },
      answers: [2, 2],
      leaves: { b: 1, a: 2 },
    },
    {
      says: 'stores over any type, and lets the expiry go',
      given: ['value'],
      run: async (c, k) => {
        await c.expire(k, '1h')
        await c.zadd(`${k}b`, { a: 1 })
        return [await c.zunionstore(k, `${k}b`), await c.ttl(k)]
      },
      answers: [1, Infinity],
      leaves: { a: 1 },
    },
    {
      says: 'takes the destination where there is nothing to store',
      given: 'text',
      run: (c, k) => c.zunionstore(k, [`${k}missing`]),
      answers: 0,
      leaves: null,
    },
    ...refusals('zunionstore'),
  ],
  zinterstore: [
    stores(
      'zinterstore',
      'keeps what all have, and adds the scores',
      [
        { a: 1, b: 2 },
        { b: 3, c: 4 },
      ],
      {},
      { b: 5 },
    ),
    stores(
      'zinterstore',
      'takes sets, with scores of 1',
      [{ a: 1, b: 5 }, new Set(['b', 'c'])],
      { weights: [2, 10] },
      { b: 20 },
    ),
    stores(
      'zinterstore',
      'keeps the least with min',
      [{ a: 3 }, { a: -1, b: 2 }],
      { aggregate: 'min' },
      { a: -1 },
    ),
    stores(
      'zinterstore',
      'keeps the greatest with max, after the weights',
      [{ a: 3 }, { a: -1, b: 2 }],
      { aggregate: 'max', weights: [1, -4] },
      { a: 4 },
    ),
    stores(
      'zinterstore',
      'makes Infinity less Infinity 0',
      [
        { a: Infinity, b: 1 },
        { a: -Infinity, b: 1 },
      ],
      {},
      { a: 0, b: 2 },
    ),
    stores(
      'zinterstore',
      'adds three',
      [
        { a: 1, b: 1 },
        { a: 2, b: 2 },
        { a: 4, c: 4 },
      ],
      {},
      { a: 7 },
    ),
    {
      says: 'stores nothing where a key is missing, and takes the destination',
      given: { a: 1 },
      run: (c, k) => c.zinterstore(k, [k, `${k}missing`]),
      answers: 0,
      leaves: null,
    },
    {
      says: 'may store over one of the keys',
      given: { a: 1, b: 1 },
      run: async (c, k) => {
        await c.zadd(`${k}b`, { b: 2, c: 1 })
        return c.zinterstore(k, [`${k}b`, k])
      },
      answers: 1,
      leaves: { b: 3 },
    },
    ...refusals('zinterstore'),
  ],
}

type Store = 'zunionstore' | 'zinterstore'

/** What is stored from keys with these contents (null: no key). */
function stores(
  name: Store,
  says: string,
  sources: readonly (Content | null)[],
  options: CombineOptions,
  stored: Readonly<Record<string, number>>,
): Case<SortedSetCommands[Store]> {
  return {
    says,
    run: async (c, k) => {
      for (const [at, source] of sources.entries()) if (source !== null) await put(c, k + at, source)
      const keys = sources.map((_, at) => k + at)
      return c[name](k, keys, options)
    },
    answers: Object.keys(stored).length,
    leaves: stored,
  }
}

function refusals(name: Store): readonly Case<SortedSetCommands[Store]>[] {
  return [
    {
      says: 'refuses a list among the keys, and keeps the destination',
      given: { a: 1 },
      run: async (c, k) => {
        await c.rpush(`${k}b`, 'a')
        return c[name](k, [k, `${k}b`])
      },
      fails: 'WRONG_TYPE',
    },
    {
      says: 'refuses fewer weights than keys',
      given: { a: 1 },
      run: (c, k) => c[name](k, [k, k], { weights: [1], aggregate: 'max' }),
      fails: 'INVALID_ARGUMENT',
    },
    {
      says: 'refuses more weights than keys',
      given: { a: 1 },
      run: (c, k) => c[name](k, [k], { weights: [1, 2] }),
      fails: 'INVALID_ARGUMENT',
    },
  ]
}
