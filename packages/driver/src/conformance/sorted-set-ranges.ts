import type { SortedSetCommands } from '../commands/sorted-set.ts'
import type { Cases } from './case.ts'

type Ranges = 'zrange' | 'zrevrange' | 'zrangebyscore' | 'zrevrangebyscore'

/** Cases of the commands that answer ranges of members by rank or score. */
export const sortedSetRangeCases: Cases<Pick<SortedSetCommands, Ranges>> = {
  zrange: [
    {
      says: 'answers by score, not by time of adding',
      given: { c: 3, a: 10, b: 2 },
      args: [0, -1],
      answers: ['b', 'c', 'a'],
    },
    {
      says: 'answers from start to stop, both included',
      given: { a: 1, b: 2, c: 3, d: 4 },
      args: [1, 2],
      answers: ['b', 'c'],
    },
    {
      says: 'counts below zero from the end',
      given: { a: 1, b: 2, c: 3 },
      args: [-2, -1],
      answers: ['b', 'c'],
    },
    { says: 'ends at the ends of the set', given: { a: 1, b: 2 }, args: [-9, 9], answers: ['a', 'b'] },
    { says: 'answers nothing where start is after stop', given: { a: 1, b: 2 }, args: [1, 0], answers: [] },
    { says: 'answers nothing from beyond the end', given: { a: 1 }, args: [1, 9], answers: [] },
    { says: 'answers nothing without key', args: [0, -1], answers: [], leaves: null },
    {
      says: 'orders equal scores by their bytes',
      given: { b: 1, B: 1, a: 1, ab: 1, '': 1, é: 1, z: 1 },
      args: [0, -1],
      answers: ['', 'B', 'a', 'ab', 'b', 'z', 'é'],
    },
    {
      says: 'orders beyond the first plane by UTF-8, not by UTF-16',
      given: { '\u{1f601}': 1, '\u{1f600}': 1, '\u{10000}': 1, '\uffff': 1, '\ue000': 1, '\ud7ff': 1 },
      args: [0, -1],
      answers: ['\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{1f600}', '\u{1f601}'],
    },
    {
      says: 'orders Infinity last and -Infinity first',
      given: { a: Infinity, b: 1e308, c: -Infinity },
      args: [0, -1],
      answers: ['c', 'b', 'a'],
    },
    {
      says: 'answers scores with withScores',
      given: { a: 1.5, b: Infinity },
      args: [0, -1, { withScores: true }],
      answers: [
        ['a', 1.5],
        ['b', Infinity],
      ],
    },
    { says: 'answers no pairs without key', args: [0, -1, { withScores: true }], answers: [] },
    { says: 'refuses a hash', given: { a: '1' }, args: [0, -1], fails: 'WRONG_TYPE' },
  ],
  zrevrange: [
    {
      says: 'answers the highest score first',
      given: { c: 3, a: 10, b: 2 },
      args: [0, -1],
      answers: ['a', 'c', 'b'],
    },
    { says: 'counts ranks from the highest', given: { a: 1, b: 2, c: 3 }, args: [0, 1], answers: ['c', 'b'] },
    {
      says: 'counts below zero from the lowest',
      given: { a: 1, b: 2, c: 3 },
      args: [-2, -1],
      answers: ['b', 'a'],
    },
    {
      says: 'orders equal scores by their bytes, backwards',
      given: { b: 1, a: 1, c: 1 },
      args: [0, -1],
      answers: ['c', 'b', 'a'],
    },
    {
      says: 'answers scores with withScores',
      given: { a: 1, b: 2 },
      args: [0, 0, { withScores: true }],
      answers: [['b', 2]],
    },
    { says: 'answers nothing where start is after stop', given: { a: 1, b: 2 }, args: [1, 0], answers: [] },
    { says: 'answers nothing without key', args: [0, -1], answers: [], leaves: null },
    { says: 'refuses a list', given: ['a'], args: [0, -1], fails: 'WRONG_TYPE' },
  ],
  zrangebyscore: [
    {
      says: 'answers scores within the bounds, both included',
      given: { a: 1, b: 2, c: 3, d: 4 },
      args: [2, 3],
      answers: ['b', 'c'],
    },
    {
      says: 'leaves out what a bound excludes',
      given: { a: 1, b: 2, c: 3, d: 4 },
      args: ['(1', '(4'],
      answers: ['b', 'c'],
    },
    {
      says: 'takes infinite bounds',
      given: { a: -Infinity, b: 0, c: Infinity },
      args: [-Infinity, '+inf'],
      answers: ['a', 'b', 'c'],
    },
    {
      says: 'takes fractions and exponents',
      given: { a: 0.5, b: 1.5, c: 1500 },
      args: ['(0.5', '(1.5e3'],
      answers: ['b'],
    },
    { says: 'finds what lies between scores', given: { a: 1, b: 2 }, args: [1.1, 1.9], answers: [] },
    { says: 'answers nothing where min is above max', given: { a: 1, b: 2 }, args: [2, 1], answers: [] },
    {
      says: 'answers nothing between an excluded score and itself',
      given: { a: 1 },
      args: ['(1', 1],
      answers: [],
    },
    {
      says: 'answers only the part that limit tells',
      given: { a: 1, b: 2, c: 3, d: 4 },
      args: ['-inf', '+inf', { limit: [1, 2] }],
      answers: ['b', 'c'],
    },
    {
      says: 'answers all that follow for a limit with a negative count',
      given: { a: 1, b: 2, c: 3 },
      args: ['-inf', '+inf', { limit: [1, -1] }],
      answers: ['b', 'c'],
    },
    {
      says: 'answers nothing for a limit of 0',
      given: { a: 1 },
      args: ['-inf', '+inf', { limit: [0, 0] }],
      answers: [],
    },
    {
      says: 'answers nothing from a limit beyond the end',
      given: { a: 1 },
      args: ['-inf', '+inf', { limit: [1, 5] }],
      answers: [],
    },
    {
      says: 'answers nothing for a limit with a negative offset',
      given: { a: 1 },
      args: ['-inf', '+inf', { limit: [-1, 5] }],
      answers: [],
    },
    {
      says: 'answers scores with withScores',
      given: { a: 1, b: 2 },
      args: [2, 2, { withScores: true }],
      answers: [['b', 2]],
    },
    {
      says: 'joins limit and withScores',
      given: { a: 1, b: 2, c: 3 },
      args: [1, 3, { limit: [1, 1], withScores: true }],
      answers: [['b', 2]],
    },
    { says: 'answers nothing without key', args: ['-inf', '+inf'], answers: [], leaves: null },
    { says: 'refuses a text', given: 'text', args: [0, 1], fails: 'WRONG_TYPE' },
  ],
  zrevrangebyscore: [
    {
      says: 'answers scores within the bounds, both included, highest first',
      given: { a: 1, b: 2, c: 3, d: 4 },
      args: [3, 2],
      answers: ['c', 'b'],
    },
    {
      says: 'leaves out what a bound excludes',
      given: { a: 1, b: 2, c: 3, d: 4 },
      args: ['(4', '(1'],
      answers: ['c', 'b'],
    },
    {
      says: 'takes infinite bounds',
      given: { a: -Infinity, b: 0, c: Infinity },
      args: ['+inf', -Infinity],
      answers: ['c', 'b', 'a'],
    },
    {
      says: 'orders equal scores by their bytes, backwards',
      given: { b: 1, a: 1, c: 1 },
      args: [1, 1],
      answers: ['c', 'b', 'a'],
    },
    { says: 'answers nothing where max comes last', given: { a: 1, b: 2 }, args: [1, 2], answers: [] },
    {
      says: 'counts a limit from the highest',
      given: { a: 1, b: 2, c: 3, d: 4 },
      args: ['+inf', '-inf', { limit: [1, 2] }],
      answers: ['c', 'b'],
    },
    {
      says: 'answers all that follow for a limit with a negative count',
      given: { a: 1, b: 2, c: 3, d: 4 },
      args: [3, '-inf', { limit: [1, -1] }],
      answers: ['b', 'a'],
    },
    {
      says: 'answers nothing for a limit with a negative offset',
      given: { a: 1 },
      args: ['+inf', '-inf', { limit: [-1, 5] }],
      answers: [],
    },
    {
      says: 'answers nothing from a limit beyond the end',
      given: { a: 1, b: 2 },
      args: [1, '-inf', { limit: [1, 5] }],
      answers: [],
    },
    {
      says: 'joins limit and withScores',
      given: { a: 1, b: 2, c: 3 },
      args: [3, 1, { limit: [1, 1], withScores: true }],
      answers: [['b', 2]],
    },
    { says: 'answers nothing without key', args: ['+inf', '-inf'], answers: [], leaves: null },
    { says: 'refuses a list', given: ['a'], args: [1, 0], fails: 'WRONG_TYPE' },
  ],
}
