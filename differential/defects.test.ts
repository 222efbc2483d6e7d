import type { Driver } from '@jcache/driver'
import { memory } from '@jcache/memory'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { differ, report } from './differ.ts'
import { type Judge, startJudge } from './judge.ts'

type Commands = Driver['commands']

/** What a defective memory tier does wrong, and how many calls have to show it at most: few, though not always the fewest. */
interface Defect {
  readonly says: string
  readonly wrong: (right: Commands) => Partial<Commands>
  readonly most: number
}

const defects: readonly Defect[] = [
  {
    says: 'a range that is one short',
    wrong: ({ zrange }) => ({
      zrange: (key, start, stop, options) => zrange(key, start, stop - 1, options),
    }),
    most: 4,
  },
  {
    says: 'a sum that is wrong',
    wrong: ({ incrby }) => ({ incrby: (key, increment) => incrby(key, increment === 4 ? 5 : increment) }),
    most: 4,
  },
  {
    says: 'an expiry that is lost',
    wrong: ({ append, persist }) => ({
      append: (key, value) => {
        persist(key)
        return append(key, value)
      },
    }),
    most: 4,
  },
  {
    says: 'a wrong type that is taken for nothing',
    wrong: ({ hlen, type }) => ({ hlen: (key) => (type(key) === 'hash' ? hlen(key) : 0) }),
    most: 4,
  },
  {
    says: 'a change that is told and not made',
    wrong: ({ get }) => ({ getdel: (key) => get(key) }),
    most: 4,
  },
  {
    says: 'what was taken by chance and is there still',
    wrong: ({ srandmember }) => ({ spop: (key, count) => srandmember(key, count) }),
    most: 4,
  },
  {
    says: 'what is picked by chance, but twice',
    wrong: ({ srandmember }) => ({
      srandmember: (key, count) => srandmember(key, count && (-count as typeof count)),
    }),
    most: 4,
  },
  {
    says: 'a walk that leaves one out',
    wrong: ({ hscan }) => ({
      hscan: async (...args) => {
        const [cursor, pairs] = await hscan(...args)
        return [cursor, pairs.filter(([field]) => field !== 'b')]
      },
    }),
    most: 4,
  },
]

describe('a defect is found, and shown by few calls', () => {
  let judge: Judge
  beforeAll(async () => {
    judge = await startJudge()
  }, 60_000)
  afterAll(() => judge.stop())

  test.each(defects)('$says', { timeout: 60_000 }, async ({ wrong, most }) => {
    const right = memory()
    const defect = wrong(right.commands)
    const near = { ...right, commands: { ...right.commands, ...defect } }
    const finding = await differ(near, judge, 1, 40_000)
    right.close()
    if (!finding) return expect.fail('it was not found')
    const told = report(finding, judge)
    expect(finding.calls.length, told).toBeLessThanOrEqual(most)
    for (const name of Object.keys(defect)) expect(told).toContain(`await client.${name}(`)
    expect(told).toContain(`DIFFERENTIAL_SEED=${finding.seed} npm test`)
  })

  test('what does not come again is told at once', { timeout: 60_000 }, async () => {
    const right = memory()
    let left = 1
    const strlen = (key: string) => Number(right.commands.strlen(key)) + (left-- > 0 ? 1 : 0)
    const near = { ...right, commands: { ...right.commands, strlen } }
    const finding = await differ(near, judge, 1, 40_000)
    right.close()
    if (!finding) return expect.fail('it was not found')
    expect(finding.isFleeting).toBe(true)
    const told = report(finding, judge).split('\n')
    expect(told[0]).toContain('not when all was played again')
    expect(told.length).toBeLessThan(60)
  })

  test('and without one nothing is', { timeout: 60_000 }, async () => {
    const near = memory()
    expect(await differ(near, judge, 1, 2_000)).toBeUndefined()
    near.close()
  })
})
