import type { ListCommands } from '../commands/list.ts'
import type { Cases } from './case.ts'
import { expectCode, expectEqual } from './equal.ts'
import { near } from './near.ts'
import { pause } from './until.ts'
import { waiting } from './waiting.ts'

/** Cases of the commands that move a value from list to list. */
export const listMoveCases: Cases<Pick<ListCommands, 'lmove' | 'rpoplpush' | 'blmove'>> = {
  lmove: [
    {
      says: 'takes from either end and puts at either end',
      given: ['a', 'b', 'c', 'd'],
      run: async (c, k) => {
        const to = `${k}b`
        await c.rpush(to, 'x')
        const values = [
          await c.lmove(k, to, 'left', 'left'),
          await c.lmove(k, to, 'left', 'right'),
          await c.lmove(k, to, 'right', 'left'),
        ]
        return [values, await c.lrange(to, 0, -1)]
      },
      answers: [
        ['a', 'b', 'd'],
        ['d', 'a', 'x', 'b'],
      ],
      leaves: ['c'],
    },
    {
      says: 'makes the destination, and takes the source with its last value',
      given: ['a'],
      run: async (c, k) => [await c.lmove(k, `${k}b`, 'right', 'right'), await c.lrange(`${k}b`, 0, -1)],
      answers: ['a', ['a']],
      leaves: null,
    },
    {
      says: 'turns a list round that is its own destination',
      given: ['a', 'b', 'c'],
      run: (c, k) => c.lmove(k, k, 'left', 'right'),
      answers: 'a',
      leaves: ['b', 'c', 'a'],
    },
    {
      says: 'leaves a list that is its own destination as it was, from and to the same end',
      given: ['a', 'b'],
      run: (c, k) => c.lmove(k, k, 'right', 'right'),
      answers: 'b',
      leaves: ['a', 'b'],
    },
    {
      says: 'keeps the expiry of a list of one value that is its own destination',
      given: ['a'],
      run: async (c, k) => {
        await c.expire(k, '1h')
        return [await c.lmove(k, k, 'left', 'right'), near(await c.ttl(k), 3_600_000)]
      },
      answers: ['a', 'near'],
      leaves: ['a'],
    },
    {
      says: 'keeps the expiries of both lists',
      given: ['a', 'b'],
      run: async (c, k) => {
        await c.rpush(`${k}b`, 'x')
        await c.expire(k, '1h')
        await c.lmove(k, `${k}b`, 'left', 'left')
        return [near(await c.ttl(k), 3_600_000), await c.ttl(`${k}b`)]
      },
      answers: ['near', Infinity],
    },
    {
      says: 'answers null without source, whatever the destination holds',
      run: async (c, k) => {
        await c.set(`${k}b`, 'text')
        return [await c.lmove(k, `${k}b`, 'left', 'right'), await c.get(`${k}b`)]
      },
      answers: [null, 'text'],
      leaves: null,
    },
    {
      says: 'refuses a source of another type',
      given: 'text',
      run: (c, k) => c.lmove(k, `${k}b`, 'left', 'right'),
      fails: 'WRONG_TYPE',
    },
    {
      says: 'refuses a destination of another type, and takes nothing',
      given: ['a'],
      run: async (c, k) => {
        await c.set(`${k}b`, 'text')
        return c.lmove(k, `${k}b`, 'left', 'right')
      },
      fails: 'WRONG_TYPE',
    },
    {
      says: 'moves each value to one of many at once',
      given: ['1', '2', '3', '4', '5'],
      run: async (c, k) => {
        const moves = Array.from({ length: 6 }, () => c.lmove(k, `${k}b`, 'left', 'right'))
        return [(await Promise.all(moves)).map(String).sort(), await c.lrange(`${k}b`, 0, -1)]
      },
      answers: [
        ['1', '2', '3', '4', '5', 'null'],
        ['1', '2', '3', '4', '5'],
      ],
      leaves: null,
    },
  ],
  rpoplpush: [
    {
      says: 'takes the last value and puts it first',
      given: ['a', 'b'],
      run: async (c, k) => {
        await c.rpush(`${k}b`, 'x')
        return [await c.rpoplpush(k, `${k}b`), await c.lrange(`${k}b`, 0, -1)]
      },
      answers: ['b', ['b', 'x']],
      leaves: ['a'],
    },
    {
      says: 'turns a list round that is its own destination',
      given: ['a', 'b', 'c'],
      run: (c, k) => c.rpoplpush(k, k),
      answers: 'c',
      leaves: ['c', 'a', 'b'],
    },
    {
      says: 'answers null without source',
      run: (c, k) => c.rpoplpush(k, `${k}b`),
      answers: null,
      leaves: null,
    },
    { says: 'refuses a hash', given: { f: 'text' }, run: (c, k) => c.rpoplpush(k, k), fails: 'WRONG_TYPE' },
  ],
  blmove: [
    {
      says: 'moves at once where there is a value',
      given: ['a', 'b'],
      run: async (c, k) => [
        await c.blmove(k, `${k}b`, 'right', 'left', '5s'),
        await c.lrange(`${k}b`, 0, -1),
      ],
      answers: ['b', ['b']],
      leaves: ['a'],
    },
    {
      says: 'answers null after the timeout',
      run: (c, k) => c.blmove(k, `${k}b`, 'left', 'right', 20),
      answers: null,
      leaves: null,
    },
    {
      says: 'refuses a source of another type',
      given: 'text',
      run: (c, k) => c.blmove(k, `${k}b`, 'left', 'right', 100),
      fails: 'WRONG_TYPE',
    },
    {
      says: 'refuses a destination of another type, and takes nothing',
      given: ['a'],
      run: async (c, k) => {
        await c.set(`${k}b`, 'text')
        await expectCode(c.blmove(k, `${k}b`, 'left', 'right', 100), 'WRONG_TYPE', 'blmove')
        return c.get(`${k}b`)
      },
      answers: 'text',
      leaves: ['a'],
    },
    {
      says: 'refuses a destination of another type after a wait too, and takes nothing',
      run: async (c, k) => {
        await c.set(`${k}b`, 'text')
        const moved = waiting(c.blmove(k, `${k}b`, 'left', 'right', '10s'))
        await pause(20)
        await c.rpush(k, 'value')
        return moved
      },
      fails: 'WRONG_TYPE',
      leaves: ['value'],
    },
    {
      says: 'waits for a value, which it hands on to who waits for the destination',
      run: async (c, k) => {
        const moved = waiting(c.blmove(k, `${k}b`, 'left', 'right', '10s'))
        const popped = waiting(c.blpop(`${k}b`, '10s'))
        await c.rpush(k, 'value')
        expectEqual(await popped, [`${k}b`, 'value'], 'blpop answered')
        return moved
      },
      answers: 'value',
      leaves: null,
    },
  ],
}
