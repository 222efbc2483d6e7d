import type { SortedSetCommands } from '../commands/sorted-set.ts'
import type { Cases } from './case.ts'
import { until } from './until.ts'
import { walk } from './walk.ts'

/** The commands that answer some of the members, whatever their order. */
export const sortedSetScanCases: Cases<Pick<SortedSetCommands, 'zrandmember' | 'zscan'>> = {
  zrandmember: [
    { says: 'picks the only member', given: { a: 1 }, args: [], answers: 'a' },
    { says: 'answers null without key', args: [], answers: null, leaves: null },
    {
      says: 'picks each member sooner or later',
      given: { a: 1, b: 1, c: 3 },
      run: async (c, k) => {
        const found = new Set<string | null>()
        await until(async () => found.add(await c.zrandmember(k)).size === 3, 'each member is picked')
        return [...found].sort()
      },
      answers: ['a', 'b', 'c'],
    },
    {
      says: 'picks different members up to a count',
      run: async (c, k) => {
        await c.zadd(
          k,
          Array.from({ length: 300 }, (_, n) => [`m${n}`, n % 7] as const),
        )
        const members = await c.zrandmember(k, 200)
        const scores = await c.zmscore(k, ...members)
        return [members.length, new Set(members).size, scores.includes(null)]
      },
      answers: [200, 200, false],
    },
    {
      says: 'picks all for a greater count',
      given: { a: 1, b: 2 },
      run: async (c, k) => (await c.zrandmember(k, 9)).sort(),
      answers: ['a', 'b'],
    },
    {
      says: 'picks with repetition for a count below zero',
      given: { a: 1, b: 2 },
      run: async (c, k) => {
        const members = await c.zrandmember(k, -20)
        return [members.length, members.every((member) => member === 'a' || member === 'b')]
      },
      answers: [20, true],
    },
    { says: 'picks none for a count of 0', given: { a: 1 }, args: [0], answers: [] },
    { says: 'answers none without key for a count', args: [2], answers: [], leaves: null },
    {
      says: 'answers scores with withScores',
      given: { a: -Infinity, b: 1.5 },
      run: async (c, k) => Object.fromEntries(await c.zrandmember(k, 2, { withScores: true })),
      answers: { a: -Infinity, b: 1.5 },
    },
    {
      says: 'answers scores with repetition too',
      given: { a: 1 },
      args: [-2, { withScores: true }],
      answers: [
        ['a', 1],
        ['a', 1],
      ],
    },
    {
      says: 'refuses withScores without a count',
      given: { a: 1 },
      args: [undefined, { withScores: true }],
      fails: 'INVALID_ARGUMENT',
    },
    { says: 'refuses a list', given: ['a'], args: [], fails: 'WRONG_TYPE' },
  ],
  zscan: [
    {
      says: 'meets every member, page by page',
      run: async (c, k) => {
        const members = Array.from({ length: 600 }, (_, n) => [`m${n}`, n / 4] as const)
        await c.zadd(k, members)
        const met = new Map(await walk((cursor) => c.zscan(k, cursor, { count: 50 })))
        return met.size === 600 && members.every(([member, score]) => met.get(member) === score)
      },
      answers: true,
    },
    {
      says: 'answers the members that fit the pattern',
      given: { a1: 1, a2: 2, 'a*': 3, b1: Infinity },
      run: async (c, k) => {
        const found = (match: string) => walk((cursor) => c.zscan(k, cursor, { match }))
        return Promise.all(
          ['a*', 'a\\*', '?1', 'none'].map(async (match) => Object.fromEntries(await found(match))),
        )
      },
      answers: [{ a1: 1, a2: 2, 'a*': 3 }, { 'a*': 3 }, { a1: 1, b1: Infinity }, {}],
    },
    {
      says: 'meets what is there all the while, whatever comes, goes and moves',
      run: async (c, k) => {
        const members = Array.from({ length: 600 }, (_, n) => `m${n}`)
        await c.zadd(
          k,
          members.map((member, n) => [member, n] as const),
        )
        let pages = 0
        const met = await walk(async (cursor) => {
          await c.zrem(k, ...Array.from({ length: 5 }, (_, n) => `m${n + pages * 5}`))
          await c.zadd(k, { [`new ${pages}`]: -pages })
          // These go to either end, past all others.
          await c.zadd(
            k,
            Object.fromEntries(members.slice(-50).map((member) => [member, pages % 2 ? -1 : 1000])),
          )
          pages++
          return c.zscan(k, cursor, { count: 25 })
        })
        const all = new Set(met.map(([member]) => member))
        return members.slice(pages * 5).every((member) => all.has(member))
      },
      answers: true,
    },
    { says: 'answers nothing without key', args: ['0'], answers: ['0', []], leaves: null },
    { says: 'refuses a hash', given: { a: '1' }, args: ['0'], fails: 'WRONG_TYPE' },
  ],
}
