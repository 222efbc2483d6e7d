import type { HashCommands } from '../commands/hash.ts'
import type { Cases } from './case.ts'
import { equal } from './equal.ts'
import { until } from './until.ts'
import { walk } from './walk.ts'

/** The commands that answer some of the fields. */
export const hashPartCases: Cases<Pick<HashCommands, 'hrandfield' | 'hscan'>> = {
  hrandfield: [
    { says: 'picks the only field', given: { f: 'text' }, args: [], answers: 'f' },
    { says: 'answers null without key', args: [], answers: null, leaves: null },
    {
      says: 'picks each field sooner or later',
      given: { a: '1', b: '2', c: '3' },
      run: async (c, k) => {
        const found = new Set<string | null>()
        await until(async () => found.add(await c.hrandfield(k)).size === 3, 'each field is picked')
        return [...found].sort()
      },
      answers: ['a', 'b', 'c'],
    },
    {
      says: 'picks different fields up to a count',
      given: { a: '1', b: '2', c: '3', d: '4' },
      run: async (c, k) => {
        const fields = await c.hrandfield(k, 3)
        return [fields.length, new Set(fields).size, fields.every((field) => 'abcd'.includes(field))]
      },
      answers: [3, 3, true],
    },
    {
      says: 'picks all for a greater count',
      given: { a: '1', b: '2' },
      run: async (c, k) => (await c.hrandfield(k, 9)).sort(),
      answers: ['a', 'b'],
    },
    {
      says: 'picks with repetition for a count below zero',
      given: { a: '1', b: '2' },
      run: async (c, k) => {
        const fields = await c.hrandfield(k, -20)
        return [fields.length, fields.every((field) => field === 'a' || field === 'b')]
      },
      answers: [20, true],
    },
    { says: 'picks none for a count of 0', given: { a: '1' }, args: [0], answers: [] },
    { says: 'answers none without key for a count', args: [2], answers: [], leaves: null },
    {
      says: 'answers pairs with values',
      given: { a: '1', b: '' },
      run: async (c, k) => Object.fromEntries(await c.hrandfield(k, 2, { withValues: true })),
      answers: { a: '1', b: '' },
    },
    {
      says: 'answers pairs with repetition too',
      given: { a: '1' },
      args: [-2, { withValues: true }],
      answers: [
        ['a', '1'],
        ['a', '1'],
      ],
    },
    {
      says: 'refuses withValues without a count',
      given: { a: '1' },
      args: [undefined, { withValues: true }],
      fails: 'INVALID_ARGUMENT',
    },
    { says: 'refuses a list', given: ['a'], args: [], fails: 'WRONG_TYPE' },
  ],
  hscan: [
    {
      says: 'meets every field, page by page',
      run: async (c, k) => {
        const fields = Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`field ${n}`, `text ${n}`]))
        await c.hset(k, fields)
        const met = Object.fromEntries(await walk((cursor) => c.hscan(k, cursor, { count: 50 })))
        return equal(met, fields)
      },
      answers: true,
    },
    {
      says: 'answers the fields that fit the pattern',
      given: { a1: '1', a2: '2', 'a*': '3', b1: '4' },
      run: async (c, k) => {
        const found = (match: string) => walk((cursor) => c.hscan(k, cursor, { match }))
        return Promise.all(
          ['a*', 'a\\*', '?1', '[^b]?', 'none'].map(async (match) => Object.fromEntries(await found(match))),
        )
      },
      answers: [
        { a1: '1', a2: '2', 'a*': '3' },
        { 'a*': '3' },
        { a1: '1', b1: '4' },
        { a1: '1', a2: '2', 'a*': '3' },
        {},
      ],
    },
    {
      says: 'meets what is there all the while, whatever comes and goes',
      run: async (c, k) => {
        const fields = Array.from({ length: 600 }, (_, n) => [`field ${n}`, `text ${n}`] as const)
        await c.hset(k, fields)
        let pages = 0
        const met = await walk(async (cursor) => {
          await c.hdel(k, ...Array.from({ length: 5 }, (_, n) => `field ${n + pages * 5}`))
          await c.hset(k, { [`new ${pages++}`]: 'text' })
          return c.hscan(k, cursor, { count: 25 })
        })
        const all = new Map(met)
        return fields.slice(pages * 5).every(([field, text]) => all.get(field) === text)
      },
      answers: true,
    },
    { says: 'answers nothing without key', args: ['0'], answers: ['0', []], leaves: null },
    { says: 'refuses a sorted set', given: { a: 1 }, args: ['0'], fails: 'WRONG_TYPE' },
  ],
}
