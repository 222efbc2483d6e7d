import type { SetCommands } from '../commands/set.ts'
import type { Cases } from './case.ts'
import { until } from './until.ts'
import { walk } from './walk.ts'

/** Cases of the commands that answer some of the members. */
export const setPartCases: Cases<Pick<SetCommands, 'spop' | 'srandmember' | 'sscan'>> = {
  spop: [
    { says: 'takes the only member', given: new Set(['a']), args: [], answers: 'a', leaves: null },
    {
      says: 'takes one member',
      given: new Set(['a', 'b', 'c']),
      run: async (c, k) => {
        const taken = await c.spop(k)
        return [...(await c.smembers(k)), taken].sort()
      },
      answers: ['a', 'b', 'c'],
    },
    {
      says: 'takes different members up to a count',
      given: new Set(['a', 'b', 'c', 'd']),
      run: async (c, k) => {
        const taken = await c.spop(k, 3)
        return [taken.length, [...taken, ...(await c.smembers(k))].sort()]
      },
      answers: [3, ['a', 'b', 'c', 'd']],
    },
    {
      says: 'takes all for a greater count',
      given: new Set(['a', 'b']),
      run: async (c, k) => (await c.spop(k, 9)).sort(),
      answers: ['a', 'b'],
      leaves: null,
    },
    {
      says: 'takes nothing for a count of 0',
      given: new Set(['a']),
      args: [0],
      answers: [],
      leaves: new Set(['a']),
    },
    { says: 'answers null without key', args: [], answers: null, leaves: null },
    { says: 'answers none without key for a count', args: [2], answers: [], leaves: null },
    { says: 'refuses a list', given: ['a'], args: [], fails: 'WRONG_TYPE' },
    {
      says: 'gives each member to one of many at once',
      given: new Set(['1', '2', '3', '4', '5', '6', '7', '8']),
      run: async (c, k) => (await Promise.all(Array.from({ length: 9 }, () => c.spop(k)))).map(String).sort(),
      answers: ['1', '2', '3', '4', '5', '6', '7', '8', 'null'],
      leaves: null,
    },
  ],
  srandmember: [
    { says: 'picks the only member', given: new Set(['a']), args: [], answers: 'a', leaves: new Set(['a']) },
    { says: 'answers null without key', args: [], answers: null, leaves: null },
    {
      says: 'picks each member sooner or later',
      given: new Set(['a', 'b', 'c']),
      run: async (c, k) => {
        const found = new Set<string | null>()
        await until(async () => found.add(await c.srandmember(k)).size === 3, 'each member is picked')
        return [...found].sort()
      },
      answers: ['a', 'b', 'c'],
    },
    {
      says: 'picks different members up to a count',
      given: new Set(['a', 'b', 'c', 'd']),
      run: async (c, k) => {
        const members = await c.srandmember(k, 3)
        return [members.length, new Set(members).size, members.every((member) => 'abcd'.includes(member))]
      },
      answers: [3, 3, true],
    },
    {
      says: 'picks all for a greater count',
      given: new Set(['a', 'b']),
      run: async (c, k) => (await c.srandmember(k, 9)).sort(),
      answers: ['a', 'b'],
    },
    {
      says: 'picks with repetition for a count below zero',
      given: new Set(['a', 'b']),
      run: async (c, k) => {
        const members = await c.srandmember(k, -20)
        return [members.length, members.every((member) => member === 'a' || member === 'b')]
      },
      answers: [20, true],
    },
    { says: 'picks none for a count of 0', given: new Set(['a']), args: [0], answers: [] },
    { says: 'answers none without key for a count', args: [-2], answers: [], leaves: null },
    { says: 'refuses a hash', given: { a: '1' }, args: [], fails: 'WRONG_TYPE' },
  ],
  sscan: [
    {
      says: 'meets every member, page by page',
      run: async (c, k) => {
        const members = Array.from({ length: 600 }, (_, n) => `member ${n}`)
        await c.sadd(k, ...members)
        const met = new Set(await walk((cursor) => c.sscan(k, cursor, { count: 50 })))
        return [met.size, members.every((member) => met.has(member))]
      },
      answers: [600, true],
    },
    {
      says: 'meets every number, too',
      run: async (c, k) => {
        const numbers = Array.from({ length: 300 }, (_, n) => String(n))
        await c.sadd(k, ...numbers)
        return new Set(await walk((cursor) => c.sscan(k, cursor))).size
      },
      answers: 300,
    },
    {
      says: 'answers the members that fit the pattern',
      given: new Set(['a1', 'a2', 'b1', 'é', 'a*', '[']),
      run: async (c, k) => {
        const patterns = ['a*', 'a\\*', '[ab]1', '??', '[[]', '*', 'none']
        const found = patterns.map(async (match) =>
          (await walk((cursor) => c.sscan(k, cursor, { match, count: 100 }))).sort(),
        )
        return Promise.all(found)
      },
      answers: [
        ['a*', 'a1', 'a2'],
        ['a*'],
        ['a1', 'b1'],
        ['a*', 'a1', 'a2', 'b1', 'é'],
        ['['],
        ['[', 'a*', 'a1', 'a2', 'b1', 'é'],
        [],
      ],
    },
    {
      says: 'meets what is there all the while, whatever comes and goes',
      run: async (c, k) => {
        const members = Array.from({ length: 600 }, (_, n) => `member ${n}`)
        await c.sadd(k, ...members)
        let pages = 0
        const met = await walk(async (cursor) => {
          await c.srem(k, ...Array.from({ length: 5 }, (_, n) => `member ${n + pages * 5}`))
          await c.sadd(k, `new ${pages++}`)
          return c.sscan(k, cursor, { count: 25 })
        })
        const all = new Set(met)
        return members.slice(pages * 5).every((member) => all.has(member))
      },
      answers: true,
    },
    { says: 'answers nothing without key', args: ['0'], answers: ['0', []], leaves: null },
    { says: 'refuses a list', given: ['a'], args: ['0'], fails: 'WRONG_TYPE' },
  ],
}
