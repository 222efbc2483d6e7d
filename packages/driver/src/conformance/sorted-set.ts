import type { SortedSetCommands } from '../commands/sorted-set.ts'
import type { Cases } from './case.ts'
import { near } from './near.ts'

type OfMembers = 'zadd' | 'zcard' | 'zincrby' | 'zrank' | 'zrevrank' | 'zrem' | 'zscore' | 'zmscore'

/** Cases of the commands on single members; the others have files of their own. */
export const sortedSetCases: Cases<Pick<SortedSetCommands, OfMembers>> = {
  zadd: [
    {
      says: 'adds members and answers how many are new',
      args: [{ a: 1, b: 2.5 }],
      answers: 2,
      leaves: { a: 1, b: 2.5 },
    },
    {
      says: 'updates scores, which it does not count',
      given: { a: 1 },
      args: [{ a: 5, b: 2 }],
      answers: 1,
      leaves: { b: 2, a: 5 },
    },
    { says: 'takes a Map', args: [new Map([['a', 1]])], answers: 1, leaves: { a: 1 } },
    {
      says: 'lets the last of pairs with one member win',
      args: [
        [
          ['a', 1],
          ['a', 2],
        ],
      ],
      answers: 1,
      leaves: { a: 2 },
    },
    {
      says: 'takes what zrange answers',
      given: { a: 1, b: 2 },
      run: async (c, k) => c.zadd(k, await c.zrange(k, 0, -1, { withScores: true })),
      answers: 0,
      leaves: { a: 1, b: 2 },
    },
    {
      says: 'counts updates too with ch',
      given: { a: 1, b: 1 },
      args: [{ a: 2, b: 1, c: 1 }, { ch: true }],
      answers: 2,
    },
    {
      says: 'only adds with nx',
      given: { a: 1 },
      args: [{ a: 5, b: 2 }, { nx: true }],
      answers: 1,
      leaves: { a: 1, b: 2 },
    },
    {
      says: 'only updates with xx',
      given: { a: 1 },
      args: [{ a: 5, b: 2 }, { xx: true }],
      answers: 0,
      leaves: { a: 5 },
    },
    { says: 'makes no key with xx', args: [{ a: 1 }, { xx: true }], answers: 0, leaves: null },
    {
      says: 'updates to greater scores only, and adds, with gt',
      given: { a: 2, b: 2 },
      args: [{ a: 1, b: 3, c: 1 }, { gt: true }],
      answers: 1,
      leaves: { a: 2, b: 3, c: 1 },
    },
    {
      says: 'updates to lesser scores only, and adds, with lt',
      given: { a: 2, b: 2 },
      args: [{ a: 1, b: 3, c: 1 }, { lt: true }],
      answers: 1,
      leaves: { a: 1, b: 2, c: 1 },
    },
    {
      says: 'joins xx, gt and ch',
      given: { a: 2, b: 2 },
      args: [
        { a: 1, b: 3, c: 9 },
        { xx: true, gt: true, ch: true },
      ],
      answers: 1,
      leaves: { a: 2, b: 3 },
    },
    {
      says: 'adds to the score with incr',
      given: { a: 1.5 },
      args: [{ a: 2 }, { incr: true }],
      answers: 3.5,
      leaves: { a: 3.5 },
    },
    {
      says: 'answers null where nx forbids the incr',
      given: { a: 1 },
      args: [{ a: 2 }, { incr: true, nx: true }],
      answers: null,
      leaves: { a: 1 },
    },
    {
      says: 'answers null where xx forbids the incr',
      args: [{ a: 2 }, { incr: true, xx: true }],
      answers: null,
      leaves: null,
    },
    {
      says: 'answers null where gt forbids the incr',
      given: { a: 1 },
      args: [{ a: -2 }, { incr: true, gt: true }],
      answers: null,
      leaves: { a: 1 },
    },
    {
      says: 'answers null where gt forbids an incr by nothing',
      given: { a: 1 },
      args: [{ a: 0 }, { incr: true, gt: true }],
      answers: null,
      leaves: { a: 1 },
    },
    {
      says: 'answers null where lt forbids an incr by nothing',
      given: { a: 1 },
      args: [{ a: 0 }, { incr: true, lt: true }],
      answers: null,
      leaves: { a: 1 },
    },
    {
      says: 'refuses several members with incr',
      given: { a: 1 },
      args: [{ a: 1, b: 1 }, { incr: true }],
      fails: 'INVALID_ARGUMENT',
    },
    {
      says: 'refuses an incr to NaN',
      given: { a: Infinity },
      args: [{ a: -Infinity }, { incr: true }],
      fails: 'NOT_A_NUMBER',
    },
    { says: 'refuses a hash', given: { a: '1' }, args: [{ a: 1 }], fails: 'WRONG_TYPE' },
    {
      says: 'keeps the expiry',
      given: { a: 1 },
      run: async (c, k) => {
        await c.expire(k, '1h')
        await c.zadd(k, { b: 2 })
        return near(await c.ttl(k), 3_600_000)
      },
      answers: 'near',
    },
  ],
  zcard: [
    { says: 'counts the members', given: { a: 1, b: 1 }, args: [], answers: 2 },
    { says: 'answers 0 without key', args: [], answers: 0, leaves: null },
    { says: 'refuses a list', given: ['a'], args: [], fails: 'WRONG_TYPE' },
  ],
  zincrby: [
    { says: 'adds to the score', given: { a: 1 }, args: [2.5, 'a'], answers: 3.5, leaves: { a: 3.5 } },
    {
      says: 'adds from 0 without the member',
      given: { a: 1 },
      args: [-2, 'b'],
      answers: -2,
      leaves: { b: -2, a: 1 },
    },
    { says: 'adds from 0 without key', args: [0.1, 'a'], answers: 0.1, leaves: { a: 0.1 } },
    {
      says: 'adds as doubles do',
      given: { a: 0.1 },
      args: [0.2, 'a'],
      answers: 0.1 + 0.2,
      leaves: { a: 0.1 + 0.2 },
    },
    { says: 'takes Infinity', given: { a: 1 }, args: [-Infinity, 'a'], answers: -Infinity },
    {
      says: 'moves the member to its new rank',
      given: { a: 1, b: 2 },
      run: async (c, k) => [await c.zincrby(k, 5, 'a'), await c.zrank(k, 'a')],
      answers: [6, 1],
    },
    {
      says: 'refuses a sum that is NaN',
      given: { a: Infinity },
      args: [-Infinity, 'a'],
      fails: 'NOT_A_NUMBER',
    },
    { says: 'refuses a text', given: '1', args: [1, 'a'], fails: 'WRONG_TYPE' },
    {
      says: 'loses none of many at once',
      run: async (c, k) =>
        new Set(await Promise.all(Array.from({ length: 50 }, () => c.zincrby(k, 2, 'a')))).size,
      answers: 50,
      leaves: { a: 100 },
    },
  ],
  zrank: [
    { says: 'answers the place from the lowest score', given: { c: 1, b: 2, a: 3 }, args: ['b'], answers: 1 },
    { says: 'answers 0 for the lowest', given: { c: 1, b: 2, a: 3 }, args: ['c'], answers: 0 },
    { says: 'orders equal scores by member', given: { b: 1, a: 1, c: 1 }, args: ['c'], answers: 2 },
    { says: 'answers null without the member', given: { a: 1 }, args: ['b'], answers: null },
    { says: 'answers null without key', args: ['a'], answers: null, leaves: null },
    { says: 'refuses a hash', given: { a: '1' }, args: ['a'], fails: 'WRONG_TYPE' },
    {
      says: 'counts through hundreds of members',
      run: async (c, k) => {
        await c.zadd(
          k,
          Array.from({ length: 700 }, (_, n) => [`m${n}`, (n * 367) % 701] as const),
        )
        await c.zrem(k, 'm0')
        return Promise.all([c.zrank(k, 'm1'), c.zrank(k, 'm2'), c.zrevrank(k, 'm1'), c.zcard(k)])
      },
      // m1 has score 367, m2 has 33, m0 had 0; of the scores 0 to 700 only that of n = 700 is missing, which is 334.
      answers: [365, 32, 333, 699],
    },
  ],
  zrevrank: [
    {
      says: 'answers the place from the highest score',
      given: { c: 1, b: 2, a: 3 },
      args: ['c'],
      answers: 2,
    },
    { says: 'answers 0 for the highest', given: { c: 1, b: 2, a: 3 }, args: ['a'], answers: 0 },
    {
      says: 'orders equal scores by member, backwards',
      given: { b: 1, a: 1, c: 1 },
      args: ['c'],
      answers: 0,
    },
    { says: 'answers null without the member', given: { a: 1 }, args: ['b'], answers: null },
    { says: 'answers null without key', args: ['a'], answers: null, leaves: null },
    { says: 'refuses a text', given: 'a', args: ['a'], fails: 'WRONG_TYPE' },
  ],
  zrem: [
    {
      says: 'removes the members and answers how many existed',
      given: { a: 1, b: 2, c: 3 },
      args: ['a', 'missing', 'b'],
      answers: 2,
      leaves: { c: 3 },
    },
    {
      says: 'counts a member named twice once',
      given: { a: 1, b: 2 },
      args: ['a', 'a'],
      answers: 1,
      leaves: { b: 2 },
    },
    { says: 'takes the key with its last member', given: { a: 1 }, args: ['a'], answers: 1, leaves: null },
    { says: 'answers 0 without key', args: ['a'], answers: 0, leaves: null },
    { says: 'refuses a list', given: ['a'], args: ['a'], fails: 'WRONG_TYPE' },
  ],
  zscore: [
    { says: 'answers the score', given: { a: 1.5, b: 2 }, args: ['a'], answers: 1.5 },
    { says: 'tells a score of 0 from none', given: { a: 0 }, args: ['a'], answers: 0 },
    { says: 'answers Infinity', given: { a: -Infinity }, args: ['a'], answers: -Infinity },
    { says: 'answers null without the member', given: { a: 1 }, args: ['b'], answers: null },
    { says: 'answers null without key', args: ['a'], answers: null, leaves: null },
    {
      says: 'knows no member that objects have by nature',
      given: { a: 1 },
      args: ['constructor'],
      answers: null,
    },
    { says: 'refuses a hash', given: { a: '1' }, args: ['a'], fails: 'WRONG_TYPE' },
  ],
  zmscore: [
    {
      says: 'answers the score of each, in the order asked',
      given: { a: 1.5, b: 0 },
      args: ['b', 'missing', 'a'],
      answers: [0, null, 1.5],
    },
    {
      says: 'answers a member asked for twice twice',
      given: { a: Infinity },
      args: ['a', 'a'],
      answers: [Infinity, Infinity],
    },
    { says: 'answers null for each without key', args: ['a', 'b'], answers: [null, null], leaves: null },
    { says: 'refuses a list', given: ['a'], args: ['a'], fails: 'WRONG_TYPE' },
  ],
}
