import type { SortedSetCommands } from '../commands/sorted-set.ts'
import type { Cases } from './case.ts'

type Lex = 'zrangebylex' | 'zlexcount' | 'zremrangebylex'

/** Cases of the commands on ranges of members by their bytes. */
export const sortedSetLexCases: Cases<Pick<SortedSetCommands, Lex>> = {
  zrangebylex: [
    {
      says: 'answers the members from min to max, both included',
      given: { a: 0, b: 0, c: 0, d: 0 },
      args: ['[b', '[c'],
      answers: ['b', 'c'],
    },
    {
      says: 'leaves out what a bound excludes',
      given: { a: 0, b: 0, c: 0, d: 0 },
      args: ['(a', '(d'],
      answers: ['b', 'c'],
    },
    {
      says: 'answers all from - to +',
      given: { b: 0, a: 0, '': 0 },
      args: ['-', '+'],
      answers: ['', 'a', 'b'],
    },
    { says: 'answers nothing from + to -', given: { a: 0 }, args: ['+', '-'], answers: [] },
    { says: 'answers nothing up to -', given: { '': 0 }, args: ['-', '-'], answers: [] },
    { says: 'answers nothing from +', given: { a: 0 }, args: ['+', '+'], answers: [] },
    {
      says: 'finds what lies between members',
      given: { a: 0, aa: 0, b: 0 },
      args: ['[a\0', '[az'],
      answers: ['aa'],
    },
    {
      says: 'takes bounds of an empty text',
      given: { '': 0, a: 0 },
      run: async (c, k) => [
        await c.zrangebylex(k, '(', '+'),
        await c.zrangebylex(k, '[', '['),
        await c.zrangebylex(k, '-', '('),
      ],
      answers: [['a'], [''], []],
    },
    {
      says: 'takes members that begin as bounds do',
      given: { '(a': 0, '+': 0, '-': 0, '[a': 0 },
      args: ['[+', '([a'],
      answers: ['+', '-'],
    },
    {
      says: 'answers nothing where min is after max',
      given: { a: 0, b: 0 },
      args: ['[b', '[a'],
      answers: [],
    },
    {
      says: 'answers nothing between a member and itself excluded',
      given: { a: 0 },
      args: ['[a', '(a'],
      answers: [],
    },
    {
      says: 'orders beyond the first plane by UTF-8, not by UTF-16',
      given: { '\ud7ff': 1, '\ue000': 1, '\uffff': 1, '\u{10000}': 1, '\u{1f600}': 1 },
      args: ['(\ue000', '(\u{1f600}'],
      answers: ['\uffff', '\u{10000}'],
    },
    {
      says: 'works at any score, infinite too',
      given: { a: -Infinity, b: -Infinity, c: -Infinity },
      args: ['[b', '+'],
      answers: ['b', 'c'],
    },
    {
      says: 'answers only the part that limit tells',
      given: { a: 0, b: 0, c: 0, d: 0 },
      args: ['-', '(d', { limit: [1, 5] }],
      answers: ['b', 'c'],
    },
    {
      says: 'answers all that follow for a limit with a negative count',
      given: { a: 0, b: 0, c: 0 },
      args: ['-', '+', { limit: [1, -1] }],
      answers: ['b', 'c'],
    },
    {
      says: 'answers nothing for a limit with a negative offset',
      given: { a: 0 },
      args: ['-', '+', { limit: [-1, 2] }],
      answers: [],
    },
    {
      says: 'finds its way through hundreds of members',
      run: async (c, k) => {
        const name = (n: number) => String(n).padStart(4, '0')
        await c.zadd(
          k,
          Array.from({ length: 700 }, (_, n) => [name((n * 367) % 701), 5] as const),
        )
        return c.zrangebylex(k, `(${name(299)}`, `[${name(303)}`)
      },
      answers: ['0300', '0301', '0302', '0303'],
    },
    { says: 'answers nothing without key', args: ['-', '+'], answers: [], leaves: null },
    { says: 'refuses a hash', given: { a: '1' }, args: ['-', '+'], fails: 'WRONG_TYPE' },
  ],
  zlexcount: [
    {
      says: 'counts the members within the bounds',
      given: { a: 0, b: 0, c: 0, d: 0 },
      args: ['[b', '(d'],
      answers: 2,
    },
    { says: 'counts all from - to +', given: { a: 0, b: 0 }, args: ['-', '+'], answers: 2 },
    { says: 'counts none where min is after max', given: { a: 0, b: 0 }, args: ['[b', '[a'], answers: 0 },
    { says: 'answers 0 without key', args: ['-', '+'], answers: 0, leaves: null },
    { says: 'refuses a list', given: ['a'], args: ['-', '+'], fails: 'WRONG_TYPE' },
  ],
  zremrangebylex: [
    {
      says: 'removes the members within the bounds and answers how many',
      given: { a: 0, b: 0, c: 0, d: 0 },
      args: ['[b', '(d'],
      answers: 2,
      leaves: { a: 0, d: 0 },
    },
    {
      says: 'takes the key with its last member',
      given: { a: 0, b: 0 },
      args: ['-', '+'],
      answers: 2,
      leaves: null,
    },
    {
      says: 'removes nothing where min is after max',
      given: { a: 0, b: 0 },
      args: ['+', '-'],
      answers: 0,
      leaves: { a: 0, b: 0 },
    },
    { says: 'answers 0 without key', args: ['-', '+'], answers: 0, leaves: null },
    { says: 'refuses a text', given: 'a', args: ['-', '+'], fails: 'WRONG_TYPE' },
  ],
}
