import type { ListCommands } from '../commands/list.ts'
import type { Cases } from './case.ts'
import { near } from './near.ts'

/** Cases of the commands that find and change values within a list. */
export const listEditCases: Cases<
  Pick<ListCommands, 'lpushx' | 'rpushx' | 'lset' | 'linsert' | 'lrem' | 'lpos'>
> = {
  lpushx: [
    {
      says: 'puts the last value first',
      given: ['x'],
      args: ['a', 'b'],
      answers: 3,
      leaves: ['b', 'a', 'x'],
    },
    { says: 'makes no key', args: ['a'], answers: 0, leaves: null },
    { says: 'refuses a text', given: 'text', args: ['a'], fails: 'WRONG_TYPE' },
    {
      says: 'keeps the expiry',
      given: ['a'],
      run: async (c, k) => {
        await c.expire(k, '1h')
        return [await c.lpushx(k, 'b'), near(await c.ttl(k), 3_600_000)]
      },
      answers: [2, 'near'],
    },
  ],
  rpushx: [
    { says: 'puts values in order', given: ['x'], args: ['a', 'b'], answers: 3, leaves: ['x', 'a', 'b'] },
    { says: 'takes an empty value', given: ['x'], args: [''], answers: 2, leaves: ['x', ''] },
    { says: 'makes no key', args: ['a', 'b'], answers: 0, leaves: null },
    { says: 'refuses a hash', given: { f: 'text' }, args: ['a'], fails: 'WRONG_TYPE' },
  ],
  lset: [
    {
      says: 'replaces the value at the index',
      given: ['a', 'b', 'c'],
      args: [1, 'B'],
      answers: undefined,
      leaves: ['a', 'B', 'c'],
    },
    {
      says: 'counts below zero from the end',
      given: ['a', 'b', 'c'],
      args: [-3, 'A'],
      answers: undefined,
      leaves: ['A', 'b', 'c'],
    },
    { says: 'takes an empty value', given: ['a'], args: [0, ''], answers: undefined, leaves: [''] },
    { says: 'refuses an index beyond the end', given: ['a', 'b'], args: [2, 'c'], fails: 'OUT_OF_RANGE' },
    { says: 'refuses an index before the start', given: ['a', 'b'], args: [-3, 'c'], fails: 'OUT_OF_RANGE' },
    { says: 'refuses a key that is not there', args: [0, 'a'], fails: 'NO_SUCH_KEY', leaves: null },
    { says: 'refuses a sorted set', given: { a: 1 }, args: [0, 'a'], fails: 'WRONG_TYPE' },
  ],
  linsert: [
    {
      says: 'puts the value before the pivot',
      given: ['a', 'c'],
      args: ['before', 'c', 'b'],
      answers: 3,
      leaves: ['a', 'b', 'c'],
    },
    {
      says: 'puts the value after the pivot',
      given: ['a', 'b'],
      args: ['after', 'b', 'c'],
      answers: 3,
      leaves: ['a', 'b', 'c'],
    },
    {
      says: 'takes the first of equal pivots',
      given: ['a', 'b', 'a'],
      args: ['after', 'a', 'x'],
      answers: 4,
      leaves: ['a', 'x', 'b', 'a'],
    },
    {
      says: 'puts the value first',
      given: ['a', 'b'],
      args: ['before', 'a', 'x'],
      answers: 3,
      leaves: ['x', 'a', 'b'],
    },
    {
      says: 'answers -1 without the pivot',
      given: ['a'],
      args: ['before', 'z', 'x'],
      answers: -1,
      leaves: ['a'],
    },
    { says: 'answers 0 without key', args: ['after', 'a', 'x'], answers: 0, leaves: null },
    { says: 'refuses a text', given: 'text', args: ['after', 'text', 'x'], fails: 'WRONG_TYPE' },
    {
      says: 'finds its place in hundreds of values',
      run: async (c, k) => {
        await c.rpush(k, ...Array.from({ length: 700 }, (_, n) => `value ${n}`))
        await c.linsert(k, 'before', 'value 600', 'late')
        await c.linsert(k, 'before', 'value 100', 'early')
        return [...(await c.lrange(k, 99, 102)), ...(await c.lrange(k, 600, 602)), await c.llen(k)]
      },
      answers: ['value 99', 'early', 'value 100', 'value 101', 'value 599', 'late', 'value 600', 702],
    },
  ],
  lrem: [
    {
      says: 'removes the first so many',
      given: ['a', 'b', 'a', 'c', 'a'],
      args: [2, 'a'],
      answers: 2,
      leaves: ['b', 'c', 'a'],
    },
    {
      says: 'removes the last so many for a count below zero',
      given: ['a', 'b', 'a', 'c', 'a'],
      args: [-2, 'a'],
      answers: 2,
      leaves: ['a', 'b', 'c'],
    },
    {
      says: 'removes all for a count of 0',
      given: ['a', 'b', 'a', 'c', 'a'],
      args: [0, 'a'],
      answers: 3,
      leaves: ['b', 'c'],
    },
    {
      says: 'removes what there is for a greater count',
      given: ['a', 'b'],
      args: [9, 'a'],
      answers: 1,
      leaves: ['b'],
    },
    { says: 'removes no other value', given: ['a', ''], args: [0, 'A'], answers: 0, leaves: ['a', ''] },
    { says: 'removes empty values', given: ['a', '', 'b'], args: [0, ''], answers: 1, leaves: ['a', 'b'] },
    {
      says: 'takes the key with its last value',
      given: ['a', 'a'],
      args: [0, 'a'],
      answers: 2,
      leaves: null,
    },
    { says: 'answers 0 without key', args: [0, 'a'], answers: 0, leaves: null },
    { says: 'refuses a sorted set', given: { a: 1 }, args: [0, 'a'], fails: 'WRONG_TYPE' },
    {
      says: 'keeps the others of hundreds in order',
      run: async (c, k) => {
        await c.rpush(k, ...Array.from({ length: 700 }, (_, n) => String(n % 7)))
        const removed = [await c.lrem(k, 50, '3'), await c.lrem(k, -50, '5'), await c.lrem(k, 0, '0')]
        return [...removed, (await c.lrange(k, 0, 4)).join(''), (await c.lrange(k, -5, -1)).join('')]
      },
      answers: [50, 50, 100, '12456', '12346'],
    },
  ],
  lpos: [
    { says: 'answers the index of the first match', given: ['a', 'b', 'c', 'b'], args: ['b'], answers: 1 },
    { says: 'answers null without a match', given: ['a', 'b'], args: ['z'], answers: null },
    { says: 'finds an empty value', given: ['a', ''], args: [''], answers: 1 },
    { says: 'takes a rank', given: ['a', 'b', 'a', 'a'], args: ['a', { rank: 2 }], answers: 2 },
    {
      says: 'counts a rank below zero from the end',
      given: ['a', 'b', 'a', 'b'],
      args: ['a', { rank: -2 }],
      answers: 0,
    },
    {
      says: 'answers null beyond the last match',
      given: ['a', 'b', 'a'],
      args: ['a', { rank: 3 }],
      answers: null,
    },
    {
      says: 'answers a list with a count',
      given: ['a', 'b', 'a', 'a'],
      args: ['a', { count: 2 }],
      answers: [0, 2],
    },
    {
      says: 'answers all for a count of 0',
      given: ['a', 'b', 'a', 'a'],
      args: ['a', { count: 0 }],
      answers: [0, 2, 3],
    },
    {
      says: 'answers in the order found, from the end',
      given: ['a', 'b', 'a', 'a'],
      args: ['a', { count: 0, rank: -2 }],
      answers: [2, 0],
    },
    { says: 'answers an empty list with a count', given: ['a'], args: ['z', { count: 1 }], answers: [] },
    {
      says: 'compares no more than maxlen',
      given: ['a', 'b', 'a'],
      args: ['a', { count: 0, maxlen: 2 }],
      answers: [0],
    },
    {
      says: 'compares no more than maxlen from the end',
      given: ['a', 'b', 'c'],
      args: ['a', { rank: -1, maxlen: 2 }],
      answers: null,
    },
    {
      says: 'compares all for a maxlen of 0',
      given: ['a', 'b', 'a'],
      args: ['a', { rank: -1, maxlen: 0 }],
      answers: 2,
    },
    { says: 'answers null without key', args: ['a'], answers: null, leaves: null },
    {
      says: 'answers an empty list without key, with a count',
      args: ['a', { count: 0 }],
      answers: [],
      leaves: null,
    },
    { says: 'refuses a rank of 0', given: ['a'], args: ['a', { rank: 0 }], fails: 'INVALID_ARGUMENT' },
    {
      says: 'refuses a rank of 0 without key',
      args: ['a', { rank: 0 }],
      fails: 'INVALID_ARGUMENT',
      leaves: null,
    },
    { says: 'refuses a hash', given: { a: 'a' }, args: ['a'], fails: 'WRONG_TYPE' },
  ],
}
