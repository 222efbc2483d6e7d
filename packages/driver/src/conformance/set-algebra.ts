import type { Commands } from '../commands/index.ts'
import type { SetCommands } from '../commands/set.ts'
import type { Case, Cases } from './case.ts'
import type { setCases } from './set.ts'
import type { setPartCases } from './set-parts.ts'

type Answer = 'sinter' | 'sunion' | 'sdiff'
type Store = `${Answer}store`

/** Cases of the commands on several sets. */
export const setAlgebraCases: Cases<Omit<SetCommands, keyof typeof setCases | keyof typeof setPartCases>> = {
  sinter: [
    {
      says: 'answers what all the sets have',
      given: new Set(['a', 'b', 'c', '']),
      run: async (c, k) => {
        await c.sadd(`${k}b`, 'c', 'b', '', 'd')
        await c.sadd(`${k}c`, 'b', 'e', '')
        return (await c.sinter(k, `${k}b`, `${k}c`)).sort()
      },
      answers: ['', 'b'],
    },
    ...answering('sinter', { itself: ['a', 'b'], missing: [], apart: [], many: 400 }),
  ],
  sunion: [
    {
      says: 'answers what any of the sets has',
      given: new Set(['a', 'b']),
      run: async (c, k) => {
        await c.sadd(`${k}b`, 'b', '')
        await c.sadd(`${k}c`, 'c')
        return (await c.sunion(k, `${k}b`, `${k}c`)).sort()
      },
      answers: ['', 'a', 'b', 'c'],
    },
    ...answering('sunion', { itself: ['a', 'b'], missing: ['a', 'b'], apart: ['a', 'b', 'c'], many: 800 }),
  ],
  sdiff: [
    {
      says: 'answers what the first set has and no other',
      given: new Set(['a', 'b', 'c', 'd']),
      run: async (c, k) => {
        await c.sadd(`${k}b`, 'c', 'x')
        await c.sadd(`${k}c`, 'a', 'y')
        return (await c.sdiff(k, `${k}b`, `${k}c`)).sort()
      },
      answers: ['b', 'd'],
    },
    {
      says: 'answers nothing where the first key is missing',
      given: new Set(['a']),
      run: (c, k) => c.sdiff(`${k}missing`, k),
      answers: [],
    },
    ...answering('sdiff', { itself: [], missing: ['a', 'b'], apart: ['a', 'b'], many: 200 }),
  ],
  sinterstore: storing('sinterstore', ['b'], []),
  sunionstore: storing('sunionstore', ['a', 'b', 'c'], ['a', 'b', 'c']),
  sdiffstore: storing('sdiffstore', ['a'], ['a', 'b', 'c']),
}

interface Outcomes {
  /** Of a, b and the same key. */
  readonly itself: readonly string[]
  /** Of a, b and a key that is missing. */
  readonly missing: readonly string[]
  /** Of a, b and a set of c. */
  readonly apart: readonly string[]
  /** Of the numbers to 600 and those from 200 to 800, how many. */
  readonly many: number
}

/** What holds for each that answers members. */
function answering(name: Answer, { itself, missing, apart, many }: Outcomes): Case<SetCommands[Answer]>[] {
  return [
    {
      says: 'takes a key twice',
      given: new Set(['a', 'b']),
      run: async (c, k) => (await c[name](k, k)).sort(),
      answers: itself,
    },
    {
      says: 'answers the one set that is named',
      given: new Set(['a', 'b']),
      run: async (c, k) => (await c[name](k)).sort(),
      answers: ['a', 'b'],
    },
    {
      says: 'takes a missing key for an empty set',
      given: new Set(['a', 'b']),
      run: async (c, k) => (await c[name](k, `${k}missing`)).sort(),
      answers: missing,
    },
    {
      says: 'answers of sets that have nothing in common',
      given: new Set(['a', 'b']),
      run: async (c, k) => {
        await c.sadd(`${k}b`, 'c')
        return (await c[name](k, `${k}b`)).sort()
      },
      answers: apart,
    },
    {
      says: 'takes sets of hundreds of members',
      run: async (c, k) => {
        const all = Array.from({ length: 800 }, (_, n) => `member ${n}`)
        await c.sadd(k, ...all.slice(0, 600))
        await c.sadd(`${k}b`, ...all.slice(200))
        return new Set(await c[name](k, `${k}b`)).size
      },
      answers: many,
    },
    {
      says: 'refuses a key of another type, also where one before it is missing',
      given: 'text',
      run: (c, k) => c[name](`${k}missing`, k),
      fails: 'WRONG_TYPE',
    },
    {
      says: 'refuses a sorted set among sets',
      given: { a: 1 },
      run: async (c, k) => {
        await c.sadd(`${k}b`, 'a')
        return c[name](`${k}b`, k)
      },
      fails: 'WRONG_TYPE',
    },
  ]
}

/** What holds for each that stores, given what becomes of `a b` and `b c`, and of `a b c` and a missing key. */
function storing(
  name: Store,
  outcome: readonly string[],
  ofMissing: readonly string[],
): readonly [Case<SetCommands[Store]>, ...Case<SetCommands[Store]>[]] {
  const fill = async (c: Commands, k: string) => {
    await c.sadd(`${k}a`, 'a', 'b')
    await c.sadd(`${k}b`, 'b', 'c')
  }
  return [
    {
      says: 'stores the members and answers how many',
      run: async (c, k) => {
        await fill(c, k)
        return c[name](k, `${k}a`, `${k}b`)
      },
      answers: outcome.length,
      leaves: new Set(outcome),
    },
    {
      says: 'stores over a value of any type, and takes the expiry',
      given: ['old'],
      run: async (c, k) => {
        await c.expire(k, '1h')
        await fill(c, k)
        return [await c[name](k, `${k}a`, `${k}b`), await c.ttl(k)]
      },
      answers: [outcome.length, Infinity],
      leaves: new Set(outcome),
    },
    {
      says: 'takes the destination for a source too',
      given: new Set(['a', 'b', 'c']),
      run: (c, k) => c[name](k, k, `${k}missing`),
      answers: ofMissing.length,
      leaves: ofMissing.length ? new Set(ofMissing) : null,
    },
    {
      says: 'removes the destination where there is nothing to store',
      given: 'old',
      run: (c, k) => c[name](k, `${k}missing`, `${k}also`),
      answers: 0,
      leaves: null,
    },
    {
      says: 'leaves the sources',
      given: new Set(['a']),
      run: (c, k) => c[name](`${k}destination`, k, k),
      answers: name === 'sdiffstore' ? 0 : 1,
      leaves: new Set(['a']),
    },
    {
      says: 'refuses a source of another type, and leaves the destination',
      given: new Set(['old']),
      run: async (c, k) => {
        await c.rpush(`${k}b`, 'a')
        return c[name](k, `${k}missing`, `${k}b`)
      },
      fails: 'WRONG_TYPE',
    },
  ]
}
