import type { HashCommands } from '../commands/hash.ts'
import type { Cases } from './case.ts'

/** The commands that add. */
export const hashNumberCases: Cases<Pick<HashCommands, 'hincrby' | 'hincrbyfloat'>> = {
  hincrby: [
    {
      says: 'adds to the integer in the field',
      given: { n: '40' },
      args: ['n', 2],
      answers: 42,
      leaves: { n: '42' },
    },
    {
      says: 'adds from 0 without the field',
      given: { a: '1' },
      args: ['n', -2],
      answers: -2,
      leaves: { a: '1', n: '-2' },
    },
    { says: 'adds from 0 without key', args: ['n', 7], answers: 7, leaves: { n: '7' } },
    {
      says: 'refuses a sum that is not exact',
      given: { n: '9007199254740991' },
      args: ['n', 1],
      fails: 'OUT_OF_RANGE',
    },
    { says: 'refuses a text that is no integer', given: { n: '1.5' }, args: ['n', 1], fails: 'NOT_A_NUMBER' },
    { says: 'refuses a number with a space', given: { n: '1 ' }, args: ['n', 1], fails: 'NOT_A_NUMBER' },
    {
      says: 'refuses a sum beyond 64 bits',
      given: { n: '-9223372036854775808' },
      args: ['n', -1],
      fails: 'OUT_OF_RANGE',
    },
    { says: 'refuses a text', given: '1', args: ['n', 1], fails: 'WRONG_TYPE' },
    {
      says: 'loses none of many at once',
      run: async (c, k) =>
        Promise.all(Array.from({ length: 50 }, () => c.hincrby(k, 'n', 2))).then(
          (sums) => new Set(sums).size,
        ),
      answers: 50,
      leaves: { n: '100' },
    },
  ],
  hincrbyfloat: [
    {
      says: 'adds to the number in the field',
      given: { n: '10.50' },
      args: ['n', 0.1],
      answers: 10.6,
      leaves: { n: '10.6' },
    },
    {
      says: 'adds from 0 without the field',
      given: { a: '1' },
      args: ['n', -2.5],
      answers: -2.5,
      leaves: { a: '1', n: '-2.5' },
    },
    { says: 'adds from 0 without key', args: ['n', 0.1], answers: 0.1, leaves: { n: '0.1' } },
    {
      says: 'adds decimals as they are written',
      given: { n: '0.1' },
      args: ['n', 0.2],
      answers: 0.3,
      leaves: { n: '0.3' },
    },
    {
      says: 'leaves a whole sum without a point',
      given: { n: '5.0e3' },
      args: ['n', 200],
      answers: 5200,
      leaves: { n: '5200' },
    },
    {
      says: 'leaves no exponent',
      given: { n: '1e21' },
      args: ['n', 1e-7],
      answers: 1e21,
      leaves: { n: '1000000000000000000000' },
    },
    { says: 'refuses a text that is no number', given: { n: '1.5x' }, args: ['n', 1], fails: 'NOT_A_NUMBER' },
    { says: 'refuses an empty text', given: { n: '' }, args: ['n', 1], fails: 'NOT_A_NUMBER' },
    { says: 'refuses a number with a space', given: { n: ' 1' }, args: ['n', 1], fails: 'NOT_A_NUMBER' },
    { says: 'refuses to add infinity', given: { n: '1' }, args: ['n', Infinity], fails: 'OUT_OF_RANGE' },
    {
      says: 'refuses to add infinity, whatever the key holds',
      given: ['1'],
      args: ['n', -Infinity],
      fails: 'OUT_OF_RANGE',
    },
    { says: 'refuses a list', given: ['1'], args: ['n', 1], fails: 'WRONG_TYPE' },
  ],
}
