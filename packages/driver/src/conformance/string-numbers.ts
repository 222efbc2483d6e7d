import type { StringCommands } from '../commands/string.ts'
import type { Cases } from './case.ts'
import { near } from './near.ts'

/** Cases of the commands that reckon with the number in a text. */
export const stringNumberCases: Cases<
  Pick<StringCommands, 'incr' | 'decr' | 'incrby' | 'decrby' | 'incrbyfloat'>
> = {
  incr: [
    { says: 'adds 1', given: '41', args: [], answers: 42, leaves: '42' },
    { says: 'adds to 0 without key', args: [], answers: 1, leaves: '1' },
    { says: 'comes from below zero', given: '-1', args: [], answers: 0, leaves: '0' },
    { says: 'refuses a text that is no number', given: 'text', args: [], fails: 'NOT_A_NUMBER' },
    { says: 'refuses a fraction', given: '1.0', args: [], fails: 'NOT_A_NUMBER' },
    { says: 'refuses a sum that is not exact', given: '9007199254740991', args: [], fails: 'OUT_OF_RANGE' },
    { says: 'refuses a sum beyond 64 bits', given: '9223372036854775807', args: [], fails: 'OUT_OF_RANGE' },
    { says: 'refuses a list', given: ['1'], args: [], fails: 'WRONG_TYPE' },
    {
      says: 'keeps the expiry',
      run: async (c, k) => {
        await c.set(k, '1', { ttl: '1h' })
        return [await c.incr(k), near(await c.ttl(k), 3_600_000)]
      },
      answers: [2, 'near'],
    },
    {
      says: 'gives each of many at once a number of its own',
      run: async (c, k) => {
        const sums = await Promise.all(Array.from({ length: 50 }, () => c.incr(k)))
        return new Set(sums).size
      },
      answers: 50,
      leaves: '50',
    },
  ],
  decr: [
    { says: 'takes 1', given: '43', args: [], answers: 42, leaves: '42' },
    { says: 'takes from 0 without key', args: [], answers: -1, leaves: '-1' },
    { says: 'refuses an empty text', given: '', args: [], fails: 'NOT_A_NUMBER' },
    {
      says: 'refuses a difference that is not exact',
      given: '-9007199254740991',
      args: [],
      fails: 'OUT_OF_RANGE',
    },
    {
      says: 'refuses a difference beyond 64 bits',
      given: '-9223372036854775808',
      args: [],
      fails: 'OUT_OF_RANGE',
    },
    { says: 'refuses a hash', given: { f: '1' }, args: [], fails: 'WRONG_TYPE' },
  ],
  incrby: [
    { says: 'adds to the integer', given: '40', args: [2], answers: 42, leaves: '42' },
    { says: 'adds from 0 without key', args: [5], answers: 5, leaves: '5' },
    { says: 'takes below zero', given: '1', args: [-3], answers: -2, leaves: '-2' },
    { says: 'adds nothing', args: [0], answers: 0, leaves: '0' },
    {
      says: 'reaches the largest integer that is exact',
      given: '9007199254740990',
      args: [1],
      answers: 9007199254740991,
    },
    {
      says: 'refuses a sum that is not exact',
      given: '9007199254740991',
      args: [1],
      fails: 'OUT_OF_RANGE',
    },
    { says: 'refuses a text that is no number', given: 'text', args: [1], fails: 'NOT_A_NUMBER' },
    { says: 'refuses an empty text', given: '', args: [1], fails: 'NOT_A_NUMBER' },
    { says: 'refuses a fraction', given: '1.5', args: [1], fails: 'NOT_A_NUMBER' },
    { says: 'refuses a number with a space', given: ' 1', args: [1], fails: 'NOT_A_NUMBER' },
    { says: 'refuses a number with a leading zero', given: '01', args: [1], fails: 'NOT_A_NUMBER' },
    { says: 'refuses a sum beyond 64 bits', given: '9223372036854775807', args: [1], fails: 'OUT_OF_RANGE' },
    {
      says: 'refuses a text beyond 64 bits',
      given: '9223372036854775808',
      args: [-1],
      fails: 'NOT_A_NUMBER',
    },
    {
      says: 'comes back from a text that is not exact',
      given: '-9007199254740994',
      args: [3],
      answers: -9007199254740991,
      leaves: '-9007199254740991',
    },
    { says: 'refuses a hash', given: { f: '1' }, args: [1], fails: 'WRONG_TYPE' },
    {
      says: 'keeps the expiry',
      run: async (c, k) => {
        await c.set(k, '1', { ttl: '1h' })
        return [await c.incrby(k, 1), near(await c.ttl(k), 3_600_000)]
      },
      answers: [2, 'near'],
    },
    {
      says: 'loses none of many at once',
      run: async (c, k) => {
        const sums = await Promise.all(Array.from({ length: 50 }, () => c.incrby(k, 2)))
        return new Set(sums).size
      },
      answers: 50,
      leaves: '100',
    },
  ],
  decrby: [
    { says: 'takes from the integer', given: '44', args: [2], answers: 42, leaves: '42' },
    { says: 'takes from 0 without key', args: [5], answers: -5, leaves: '-5' },
    { says: 'adds what is below zero', given: '1', args: [-3], answers: 4, leaves: '4' },
    { says: 'takes nothing', args: [0], answers: 0, leaves: '0' },
    {
      says: 'refuses a difference that is not exact',
      given: '-9007199254740990',
      args: [2],
      fails: 'OUT_OF_RANGE',
    },
    { says: 'refuses a text that is no number', given: '0x10', args: [1], fails: 'NOT_A_NUMBER' },
    { says: 'refuses a sorted set', given: { m: 1 }, args: [1], fails: 'WRONG_TYPE' },
  ],
  incrbyfloat: [
    { says: 'adds to the number', given: '10.5', args: [0.1], answers: 10.6, leaves: '10.6' },
    { says: 'adds decimals exactly', given: '0.1', args: [0.2], answers: 0.3, leaves: '0.3' },
    { says: 'adds from 0 without key', args: [1.5], answers: 1.5, leaves: '1.5' },
    { says: 'takes below zero', given: '1', args: [-2.25], answers: -1.25, leaves: '-1.25' },
    { says: 'keeps a whole sum without a point', given: '1.5', args: [1.5], answers: 3, leaves: '3' },
    { says: 'reads an exponent, and keeps none', given: '5.0e3', args: [200], answers: 5200, leaves: '5200' },
    {
      says: 'keeps large numbers in digits',
      args: [1e21],
      answers: 1e21,
      leaves: '1000000000000000000000',
    },
    { says: 'keeps 17 decimals', args: [1e-17], answers: 1e-17, leaves: '0.00000000000000001' },
    { says: 'keeps no more', args: [1e-18], answers: 0, leaves: '0' },
    { says: 'keeps no zero below zero', given: '-0', args: [-0], answers: 0, leaves: '0' },
    { says: 'takes a sign and a bare point', given: '+.5', args: [1], answers: 1.5, leaves: '1.5' },
    { says: 'refuses a text that is no number', given: 'text', args: [1], fails: 'NOT_A_NUMBER' },
    { says: 'refuses an empty text', given: '', args: [1], fails: 'NOT_A_NUMBER' },
    { says: 'refuses a number with a space', given: ' 1', args: [1], fails: 'NOT_A_NUMBER' },
    { says: 'refuses Infinity', given: '1', args: [Infinity], fails: 'OUT_OF_RANGE' },
    { says: 'refuses a list', given: ['1'], args: [1], fails: 'WRONG_TYPE' },
    {
      says: 'keeps the expiry',
      run: async (c, k) => {
        await c.set(k, '1', { ttl: '1h' })
        return [await c.incrbyfloat(k, 0.5), near(await c.ttl(k), 3_600_000)]
      },
      answers: [1.5, 'near'],
    },
  ],
}
