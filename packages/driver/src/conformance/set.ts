import type { SetCommands } from '../commands/set.ts'
import type { Cases } from './case.ts'
import { near } from './near.ts'

type Parts = 'spop' | 'srandmember' | 'sscan'
type Several = 'sinter' | 'sunion' | 'sdiff' | 'sinterstore' | 'sunionstore' | 'sdiffstore'

/** Cases of the commands on members; parts of a set, and several sets, have files of their own. */
export const setCases: Cases<Omit<SetCommands, Parts | Several>> = {
  sadd: [
    {
      says: 'adds the members and answers how many are new',
      args: ['a', 'b'],
      answers: 2,
      leaves: new Set(['a', 'b']),
    },
    {
      says: 'counts only new members, each once',
      given: new Set(['a']),
      args: ['a', 'b', 'b'],
      answers: 1,
      leaves: new Set(['a', 'b']),
    },
    {
      says: 'tells numbers apart by their texts',
      given: new Set(['1']),
      args: ['01', '1.0', '1'],
      answers: 2,
      leaves: new Set(['1', '01', '1.0']),
    },
    { says: 'takes an empty member', args: [''], answers: 1, leaves: new Set(['']) },
    { says: 'refuses a list', given: ['a'], args: ['a'], fails: 'WRONG_TYPE' },
    {
      says: 'keeps the expiry',
      given: new Set(['a']),
      run: async (c, k) => {
        await c.expire(k, '1h')
        await c.sadd(k, 'b')
        return near(await c.ttl(k), 3_600_000)
      },
      answers: 'near',
    },
    {
      says: 'keeps hundreds of members',
      run: async (c, k) => {
        const members = Array.from({ length: 700 }, (_, n) => `member ${n}`)
        return [await c.sadd(k, ...members), await c.scard(k), await c.sismember(k, 'member 699')]
      },
      answers: [700, 700, true],
    },
  ],
  srem: [
    {
      says: 'removes the members and answers how many existed',
      given: new Set(['a', 'b', 'c']),
      args: ['a', 'missing', 'b'],
      answers: 2,
      leaves: new Set(['c']),
    },
    {
      says: 'counts a member named twice once',
      given: new Set(['a', 'b']),
      args: ['a', 'a'],
      answers: 1,
      leaves: new Set(['b']),
    },
    {
      says: 'takes the key with its last member',
      given: new Set(['a']),
      args: ['a'],
      answers: 1,
      leaves: null,
    },
    { says: 'answers 0 without key', args: ['a'], answers: 0, leaves: null },
    { says: 'refuses a hash', given: { a: '1' }, args: ['a'], fails: 'WRONG_TYPE' },
    {
      says: 'leaves every other member in its place, whatever the order',
      run: async (c, k) => {
        const members = Array.from({ length: 300 }, (_, n) => `member ${n}`)
        await c.sadd(k, ...members)
        await c.srem(k, ...members.filter((_, n) => n % 3 === 0))
        const left = members.filter((_, n) => n % 3 !== 0)
        return [(await c.smembers(k)).sort().join() === left.sort().join(), await c.scard(k)]
      },
      answers: [true, 200],
    },
  ],
  smembers: [
    {
      says: 'answers all members',
      given: new Set(['a', 'b', '']),
      run: async (c, k) => (await c.smembers(k)).sort(),
      answers: ['', 'a', 'b'],
    },
    { says: 'answers none without key', args: [], answers: [], leaves: null },
    { says: 'refuses a text', given: 'text', args: [], fails: 'WRONG_TYPE' },
  ],
  sismember: [
    { says: 'answers true with the member', given: new Set(['a', '']), args: [''], answers: true },
    { says: 'answers false without the member', given: new Set(['a']), args: ['size'], answers: false },
    { says: 'answers false without key', args: ['a'], answers: false, leaves: null },
    { says: 'refuses a sorted set', given: { a: 1 }, args: ['a'], fails: 'WRONG_TYPE' },
  ],
  smismember: [
    {
      says: 'answers in the order of the members asked for',
      given: new Set(['a', 'b']),
      args: ['b', 'missing', 'a', 'b'],
      answers: [true, false, true, true],
    },
    { says: 'answers false for each without key', args: ['a', 'b'], answers: [false, false], leaves: null },
    { says: 'refuses a list', given: ['a'], args: ['a'], fails: 'WRONG_TYPE' },
  ],
  scard: [
    { says: 'counts the members', given: new Set(['a', 'b', '']), args: [], answers: 3 },
    { says: 'answers 0 without key', args: [], answers: 0, leaves: null },
    { says: 'refuses a text', given: 'text', args: [], fails: 'WRONG_TYPE' },
  ],
  smove: [
    {
      says: 'moves the member',
      given: new Set(['a', 'b']),
      run: async (c, k) => {
        await c.sadd(`${k}b`, 'c')
        return [await c.smove(k, `${k}b`, 'a'), (await c.smembers(`${k}b`)).sort()]
      },
      answers: [true, ['a', 'c']],
      leaves: new Set(['b']),
    },
    {
      says: 'makes the destination, and takes the source with its last member',
      given: new Set(['a']),
      run: async (c, k) => [await c.smove(k, `${k}b`, 'a'), await c.smembers(`${k}b`)],
      answers: [true, ['a']],
      leaves: null,
    },
    {
      says: 'takes a member from the source that the destination has',
      given: new Set(['a', 'b']),
      run: async (c, k) => {
        await c.sadd(`${k}b`, 'a')
        return [await c.smove(k, `${k}b`, 'a'), await c.scard(`${k}b`)]
      },
      answers: [true, 1],
      leaves: new Set(['b']),
    },
    {
      says: 'answers false without the member, and makes no key',
      given: new Set(['a']),
      run: async (c, k) => [await c.smove(k, `${k}b`, 'b'), await c.exists(`${k}b`)],
      answers: [false, 0],
      leaves: new Set(['a']),
    },
    {
      says: 'answers false without source, whatever the destination holds',
      run: async (c, k) => {
        await c.set(`${k}b`, 'text')
        return c.smove(k, `${k}b`, 'a')
      },
      answers: false,
      leaves: null,
    },
    {
      says: 'leaves all in its place where both are the same',
      given: new Set(['a']),
      run: async (c, k) => [await c.smove(k, k, 'a'), await c.smove(k, k, 'b')],
      answers: [true, false],
      leaves: new Set(['a']),
    },
    {
      says: 'refuses a destination of another type, and moves nothing',
      given: new Set(['a']),
      run: async (c, k) => {
        await c.rpush(`${k}b`, 'a')
        return c.smove(k, `${k}b`, 'a')
      },
      fails: 'WRONG_TYPE',
    },
    {
      says: 'refuses a destination of another type even without the member',
      given: new Set(['a']),
      run: async (c, k) => {
        await c.set(`${k}b`, 'text')
        return c.smove(k, `${k}b`, 'b')
      },
      fails: 'WRONG_TYPE',
    },
    {
      says: 'refuses a text',
      given: 'text',
      run: (c, k) => c.smove(k, `${k}b`, 'a'),
      fails: 'WRONG_TYPE',
    },
  ],
}
