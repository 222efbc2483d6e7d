import type { ListCommands } from '../commands/list.ts'
import type { Cases } from './case.ts'
import type { listEditCases } from './list-edits.ts'
import type { listMoveCases } from './list-moves.ts'
import { near } from './near.ts'

export const listCases: Cases<Omit<ListCommands, keyof typeof listEditCases | keyof typeof listMoveCases>> = {
  lpush: [
    { says: 'puts the last value first', args: ['a', 'b', 'c'], answers: 3, leaves: ['c', 'b', 'a'] },
    { says: 'puts values at the head', given: ['x', 'y'], args: ['a'], answers: 3, leaves: ['a', 'x', 'y'] },
    { says: 'keeps equal values', given: ['a'], args: ['a', 'a'], answers: 3, leaves: ['a', 'a', 'a'] },
    { says: 'refuses a text', given: 'text', args: ['a'], fails: 'WRONG_TYPE' },
  ],
  rpush: [
    { says: 'puts values in order', args: ['a', 'b', 'c'], answers: 3, leaves: ['a', 'b', 'c'] },
    { says: 'puts values at the tail', given: ['x', 'y'], args: ['a'], answers: 3, leaves: ['x', 'y', 'a'] },
    { says: 'takes an empty value', given: ['a'], args: [''], answers: 2, leaves: ['a', ''] },
    { says: 'refuses a hash', given: { f: 'text' }, args: ['a'], fails: 'WRONG_TYPE' },
    {
      says: 'keeps the expiry',
      given: ['a'],
      run: async (c, k) => {
        await c.expire(k, '1h')
        await c.rpush(k, 'b')
        return near(await c.ttl(k), 3_600_000)
      },
      answers: 'near',
    },
    {
      says: 'keeps hundreds of values in order',
      run: async (c, k) => {
        await c.rpush(k, ...Array.from({ length: 700 }, (_, n) => `value ${n}`))
        await c.lpush(k, 'first')
        return [await c.lindex(k, 0), await c.lindex(k, 351), await c.lindex(k, -1), await c.llen(k)]
      },
      answers: ['first', 'value 350', 'value 699', 701],
    },
  ],
  lpop: [
    {
      says: 'takes one value from the head',
      given: ['a', 'b', 'c'],
      args: [],
      answers: 'a',
      leaves: ['b', 'c'],
    },
    {
      says: 'takes up to a count, in order',
      given: ['a', 'b', 'c'],
      args: [2],
      answers: ['a', 'b'],
      leaves: ['c'],
    },
    { says: 'answers a list for a count of 1', given: ['a', 'b'], args: [1], answers: ['a'], leaves: ['b'] },
    {
      says: 'takes what there is for a greater count',
      given: ['a', 'b'],
      args: [9],
      answers: ['a', 'b'],
      leaves: null,
    },
    { says: 'takes nothing for a count of 0', given: ['a'], args: [0], answers: [], leaves: ['a'] },
    { says: 'takes the key with its last value', given: ['a'], args: [], answers: 'a', leaves: null },
    { says: 'answers null without key', args: [], answers: null, leaves: null },
    { says: 'answers null without key for a count too', args: [2], answers: null, leaves: null },
    { says: 'refuses a text', given: 'text', args: [], fails: 'WRONG_TYPE' },
    {
      says: 'gives each value to one of many at once',
      given: ['1', '2', '3', '4', '5', '6', '7', '8'],
      run: async (c, k) => (await Promise.all(Array.from({ length: 9 }, () => c.lpop(k)))).map(String).sort(),
      answers: ['1', '2', '3', '4', '5', '6', '7', '8', 'null'],
      leaves: null,
    },
  ],
  rpop: [
    {
      says: 'takes one value from the tail',
      given: ['a', 'b', 'c'],
      args: [],
      answers: 'c',
      leaves: ['a', 'b'],
    },
    {
      says: 'takes up to a count, from the last',
      given: ['a', 'b', 'c'],
      args: [2],
      answers: ['c', 'b'],
      leaves: ['a'],
    },
    {
      says: 'takes what there is for a greater count',
      given: ['a', 'b'],
      args: [9],
      answers: ['b', 'a'],
      leaves: null,
    },
    { says: 'takes nothing for a count of 0', given: ['a'], args: [0], answers: [], leaves: ['a'] },
    { says: 'takes the key with its last value', given: ['a'], args: [], answers: 'a', leaves: null },
    { says: 'answers null without key', args: [], answers: null, leaves: null },
    { says: 'answers null without key for a count too', args: [1], answers: null, leaves: null },
    { says: 'refuses a sorted set', given: { a: 1 }, args: [], fails: 'WRONG_TYPE' },
  ],
  lrange: [
    {
      says: 'answers from start to stop, both included',
      given: ['a', 'b', 'c', 'd'],
      args: [1, 2],
      answers: ['b', 'c'],
    },
    {
      says: 'counts below zero from the end',
      given: ['a', 'b', 'c', 'd'],
      args: [-3, -2],
      answers: ['b', 'c'],
    },
    { says: 'answers all from 0 to -1', given: ['a', 'b', 'c'], args: [0, -1], answers: ['a', 'b', 'c'] },
    { says: 'ends at the ends of the list', given: ['a', 'b'], args: [-9, 9], answers: ['a', 'b'] },
    { says: 'answers nothing from beyond the end', given: ['a', 'b'], args: [2, 9], answers: [] },
    { says: 'answers nothing up to before the start', given: ['a', 'b'], args: [0, -3], answers: [] },
    { says: 'answers nothing where start is after stop', given: ['a', 'b', 'c'], args: [2, 1], answers: [] },
    { says: 'answers nothing without key', args: [0, -1], answers: [], leaves: null },
    { says: 'refuses a text', given: 'text', args: [0, -1], fails: 'WRONG_TYPE' },
  ],
  ltrim: [
    {
      says: 'keeps from start to stop, both included',
      given: ['a', 'b', 'c', 'd'],
      args: [1, 2],
      answers: undefined,
      leaves: ['b', 'c'],
    },
    {
      says: 'counts below zero from the end',
      given: ['a', 'b', 'c'],
      args: [-2, -1],
      answers: undefined,
      leaves: ['b', 'c'],
    },
    {
      says: 'keeps all where the range holds all',
      given: ['a', 'b'],
      args: [-9, 9],
      answers: undefined,
      leaves: ['a', 'b'],
    },
    {
      says: 'takes the key where nothing is kept',
      given: ['a', 'b'],
      args: [2, 1],
      answers: undefined,
      leaves: null,
    },
    {
      says: 'takes the key where the range is beyond the end',
      given: ['a', 'b'],
      args: [5, 9],
      answers: undefined,
      leaves: null,
    },
    { says: 'makes no key', args: [0, 1], answers: undefined, leaves: null },
    { says: 'refuses a hash', given: { f: 'text' }, args: [0, 1], fails: 'WRONG_TYPE' },
  ],
  llen: [
    { says: 'answers the length', given: ['a', 'a', ''], args: [], answers: 3 },
    { says: 'answers 0 without key', args: [], answers: 0, leaves: null },
    { says: 'refuses a text', given: 'text', args: [], fails: 'WRONG_TYPE' },
  ],
  lindex: [
    { says: 'answers the value at the index', given: ['a', 'b', 'c'], args: [1], answers: 'b' },
    { says: 'counts below zero from the end', given: ['a', 'b', 'c'], args: [-1], answers: 'c' },
    { says: 'answers null beyond the end', given: ['a', 'b'], args: [2], answers: null },
    { says: 'answers null before the start', given: ['a', 'b'], args: [-3], answers: null },
    { says: 'answers null without key', args: [0], answers: null, leaves: null },
    { says: 'refuses a sorted set', given: { a: 1 }, args: [0], fails: 'WRONG_TYPE' },
  ],
  blpop: [
    {
      says: 'takes from the head at once where there is a value',
      given: ['a', 'b'],
      run: async (c, k) => {
        const popped = await c.blpop(k, '5s')
        return [popped?.[0] === k, popped?.[1]]
      },
      answers: [true, 'a'],
      leaves: ['b'],
    },
    {
      says: 'takes from the first of the keys, as they are named',
      given: ['second'],
      run: async (c, k) => {
        await c.rpush(`${k}b`, 'first')
        const popped = await c.blpop([`${k}missing`, `${k}b`, k], '5s')
        return [popped?.[0] === `${k}b`, popped?.[1], await c.llen(`${k}b`)]
      },
      answers: [true, 'first', 0],
      leaves: ['second'],
    },
    {
      says: 'takes the key with its last value',
      given: ['a'],
      run: async (c, k) => (await c.blpop(k, '5s'))?.[1],
      answers: 'a',
      leaves: null,
    },
    {
      says: 'answers null after the timeout',
      run: (c, k) => c.blpop([k, `${k}b`], 20),
      answers: null,
      leaves: null,
    },
    { says: 'refuses a text', given: 'text', run: (c, k) => c.blpop(k, 100), fails: 'WRONG_TYPE' },
    {
      says: 'minds no other type in a key after the one that has a value',
      given: ['a'],
      run: async (c, k) => {
        await c.set(`${k}b`, 'text')
        return (await c.blpop([k, `${k}b`], '5s'))?.[1]
      },
      answers: 'a',
    },
    {
      says: 'refuses another type in a key before the one that has a value',
      given: ['a'],
      run: async (c, k) => {
        await c.set(`${k}b`, 'text')
        return c.blpop([`${k}b`, k], '5s')
      },
      fails: 'WRONG_TYPE',
    },
  ],
  brpop: [
    {
      says: 'takes from the tail at once where there is a value',
      given: ['a', 'b'],
      run: async (c, k) => {
        const popped = await c.brpop(k, '5s')
        return [popped?.[0] === k, popped?.[1]]
      },
      answers: [true, 'b'],
      leaves: ['a'],
    },
    {
      says: 'takes from the first of the keys, as they are named',
      given: ['second'],
      run: async (c, k) => {
        await c.rpush(`${k}b`, 'a', 'first')
        const popped = await c.brpop([`${k}missing`, `${k}b`, k], '5s')
        return [popped?.[0] === `${k}b`, popped?.[1], await c.llen(`${k}b`)]
      },
      answers: [true, 'first', 1],
      leaves: ['second'],
    },
    {
      says: 'takes the key with its last value',
      given: ['a'],
      run: async (c, k) => (await c.brpop(k, '5s'))?.[1],
      answers: 'a',
      leaves: null,
    },
    {
      says: 'answers null after the timeout',
      run: (c, k) => c.brpop([k, `${k}b`], 20),
      answers: null,
      leaves: null,
    },
    { says: 'refuses a hash', given: { f: 'text' }, run: (c, k) => c.brpop(k, 100), fails: 'WRONG_TYPE' },
  ],
}
