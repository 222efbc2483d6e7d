import type { HashCommands } from '../commands/hash.ts'
import type { Cases } from './case.ts'

/** The commands that add. */
export const hashNumberCases: Cases<Pick<HashCommands, 'hincrby'>> = {
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
}
