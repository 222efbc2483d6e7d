import type { SortedSetCommands } from '../commands/sorted-set.ts'
import type { Cases } from './case.ts'

type Pops = 'zpopmin' | 'zpopmax' | 'bzpopmin' | 'bzpopmax'

/** Cases of the commands that take members out; how those that wait do so is in a file of its own. */
export const sortedSetPopCases: Cases<Pick<SortedSetCommands, Pops>> = {
  zpopmin: [
    {
      says: 'takes the member with the lowest score',
      given: { a: 2, b: 1, c: 3 },
      args: [],
      answers: [['b', 1]],
      leaves: { a: 2, c: 3 },
    },
    {
      says: 'takes up to the count, lowest first',
      given: { a: 2, b: -Infinity, c: 3 },
      args: [2],
      answers: [
        ['b', -Infinity],
        ['a', 2],
      ],
      leaves: { c: 3 },
    },
    {
      says: 'takes the first by bytes of equal scores',
      given: { b: 1, a: 1, c: 1 },
      args: [2],
      answers: [
        ['a', 1],
        ['b', 1],
      ],
      leaves: { c: 1 },
    },
    {
      says: 'takes all there are, and the key',
      given: { a: 1, b: 2 },
      args: [9],
      answers: [
        ['a', 1],
        ['b', 2],
      ],
      leaves: null,
    },
    { says: 'takes nothing for a count of 0', given: { a: 1 }, args: [0], answers: [], leaves: { a: 1 } },
    { says: 'answers nothing without key', args: [], answers: [], leaves: null },
    {
      says: 'gives each of many calls at once another member',
      run: async (c, k) => {
        await c.zadd(
          k,
          Array.from({ length: 300 }, (_, n) => [`m${n}`, n % 7] as const),
        )
        const popped = await Promise.all(Array.from({ length: 300 }, () => c.zpopmin(k)))
        return [new Set(popped.flat().map(([member]) => member)).size, popped.at(-1)?.[0]?.[1]]
      },
      answers: [300, 6],
      leaves: null,
    },
    { says: 'refuses a list', given: ['a'], args: [], fails: 'WRONG_TYPE' },
  ],
  zpopmax: [
    {
      says: 'takes the member with the highest score',
      given: { a: 2, b: 1, c: 3 },
      args: [],
      answers: [['c', 3]],
      leaves: { a: 2, b: 1 },
    },
    {
      says: 'takes up to the count, highest first',
      given: { a: 2, b: 1, c: Infinity },
      args: [2],
      answers: [
        ['c', Infinity],
        ['a', 2],
      ],
      leaves: { b: 1 },
    },
    {
      says: 'takes the last by bytes of equal scores',
      given: { b: 1, a: 1, c: 1 },
      args: [2],
      answers: [
        ['c', 1],
        ['b', 1],
      ],
      leaves: { a: 1 },
    },
    {
      says: 'takes all there are, and the key',
      given: { a: 1 },
      args: [9],
      answers: [['a', 1]],
      leaves: null,
    },
    { says: 'takes nothing for a count of 0', given: { a: 1 }, args: [0], answers: [], leaves: { a: 1 } },
    { says: 'answers nothing without key', args: [3], answers: [], leaves: null },
    { says: 'refuses a text', given: 'a', args: [], fails: 'WRONG_TYPE' },
  ],
  bzpopmin: [
    {
      says: 'takes the member with the lowest score, with its key',
      given: { a: 2, b: 1.5 },
      run: (c, k) => c.bzpopmin(k, '10s').then((popped) => [popped?.[0] === k, popped?.slice(1)]),
      answers: [true, ['b', 1.5]],
      leaves: { a: 2 },
    },
    {
      says: 'takes from the first key that has a member',
      given: { a: -Infinity },
      run: async (c, k) => {
        await c.zadd(`${k}c`, { c: -Infinity })
        const popped = await c.bzpopmin([`${k}b`, k, `${k}c`], '10s')
        return [popped?.[0] === k, popped?.slice(1), await c.zcard(`${k}c`)]
      },
      answers: [true, ['a', -Infinity], 1],
      leaves: null,
    },
    { says: 'answers null after the timeout', run: (c, k) => c.bzpopmin(k, 10), answers: null },
    {
      says: 'refuses a list, where no key before it has a member',
      given: ['a'],
      run: (c, k) => c.bzpopmin([`${k}b`, k], '10s'),
      fails: 'WRONG_TYPE',
    },
  ],
  bzpopmax: [
    {
      says: 'takes the member with the highest score, with its key',
      given: { a: 2, b: 1.5 },
      run: (c, k) => c.bzpopmax(k, '10s').then((popped) => [popped?.[0] === k, popped?.slice(1)]),
      answers: [true, ['a', 2]],
      leaves: { b: 1.5 },
    },
    {
      says: 'takes from the first key that has a member',
      given: { a: 1 },
      run: async (c, k) => {
        await c.zadd(`${k}c`, { c: Infinity })
        const popped = await c.bzpopmax([`${k}b`, `${k}c`, k], '10s')
        return [popped?.[0] === `${k}c`, popped?.slice(1), await c.exists(`${k}c`)]
      },
      answers: [true, ['c', Infinity], 0],
      leaves: { a: 1 },
    },
    { says: 'answers null after the timeout', run: (c, k) => c.bzpopmax([k, `${k}b`], 10), answers: null },
    {
      says: 'refuses a text, where no key before it has a member',
      given: 'a',
      run: (c, k) => c.bzpopmax(k, '10s'),
      fails: 'WRONG_TYPE',
    },
  ],
}
