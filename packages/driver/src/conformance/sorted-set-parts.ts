import type { SortedSetCommands } from '../commands/sorted-set.ts'
import type { Cases } from './case.ts'

type Parts = 'zcount' | 'zremrangebyrank' | 'zremrangebyscore'

/** Cases of the commands that count or remove ranges of members. */
export const sortedSetPartCases: Cases<Pick<SortedSetCommands, Parts>> = {
  zcount: [
    {
      says: 'counts scores within the bounds, both included',
      given: { a: 1, b: 2, c: 3 },
      args: [1, 2],
      answers: 2,
    },
    { says: 'leaves out what a bound excludes', given: { a: 1, b: 2, c: 3 }, args: ['(1', '(3'], answers: 1 },
    {
      says: 'counts all from -inf to +inf',
      given: { a: -Infinity, b: 0, c: Infinity },
      args: ['-inf', '+inf'],
      answers: 3,
    },
    {
      says: 'leaves out Infinity where it is excluded',
      given: { a: -Infinity, b: 0, c: Infinity },
      args: ['(-inf', '(+inf'],
      answers: 1,
    },
    { says: 'counts none where min is above max', given: { a: 1, b: 2 }, args: [2, 1], answers: 0 },
    { says: 'answers 0 without key', args: ['-inf', '+inf'], answers: 0, leaves: null },
    { says: 'refuses a list', given: ['a'], args: [0, 1], fails: 'WRONG_TYPE' },
  ],
  zremrangebyrank: [
    {
      says: 'removes from start to stop and answers how many',
      given: { a: 1, b: 2, c: 3, d: 4 },
      args: [1, 2],
      answers: 2,
      leaves: { a: 1, d: 4 },
    },
    {
      says: 'counts below zero from the end',
      given: { a: 1, b: 2, c: 3 },
      args: [-2, -1],
      answers: 2,
      leaves: { a: 1 },
    },
    {
      says: 'ends at the ends of the set, and takes the key',
      given: { a: 1, b: 2 },
      args: [-9, 9],
      answers: 2,
      leaves: null,
    },
    {
      says: 'removes nothing where start is after stop',
      given: { a: 1, b: 2 },
      args: [1, 0],
      answers: 0,
      leaves: { a: 1, b: 2 },
    },
    { says: 'answers 0 without key', args: [0, -1], answers: 0, leaves: null },
    { says: 'refuses a hash', given: { a: '1' }, args: [0, -1], fails: 'WRONG_TYPE' },
  ],
  zremrangebyscore: [
    {
      says: 'removes scores within the bounds and answers how many',
      given: { a: 1, b: 2, c: 3, d: 4 },
      args: [2, 3],
      answers: 2,
      leaves: { a: 1, d: 4 },
    },
    {
      says: 'leaves what a bound excludes',
      given: { a: 1, b: 2, c: 3 },
      args: ['(1', '(3'],
      answers: 1,
      leaves: { a: 1, c: 3 },
    },
    {
      says: 'takes the key with its last member',
      given: { a: 1, b: 2 },
      args: ['-inf', '+inf'],
      answers: 2,
      leaves: null,
    },
    {
      says: 'removes nothing where min is above max',
      given: { a: 1, b: 2 },
      args: [2, 1],
      answers: 0,
      leaves: { a: 1, b: 2 },
    },
    { says: 'answers 0 without key', args: ['-inf', '+inf'], answers: 0, leaves: null },
    { says: 'refuses a list', given: ['a'], args: [0, 1], fails: 'WRONG_TYPE' },
  ],
}
