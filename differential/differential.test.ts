import { memory } from '@jcache/memory'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { differ, report } from './differ.ts'
import { type Judge, startJudge } from './judge.ts'
import { names } from './tables.ts'

const { DIFFERENTIAL_CALLS = '200000', DIFFERENTIAL_SEED } = process.env

/** Half of the calls are the same in every run, so that it tells what changed in the code; half are new ground. */
const seeds: readonly (readonly [says: string, seed: number])[] = DIFFERENTIAL_SEED
  ? [['again', Number(DIFFERENTIAL_SEED)]]
  : [
      ['the calls of every run', 1],
      ['calls of this run', Date.now() % 2 ** 31],
    ]
const count = Math.ceil(Number(DIFFERENTIAL_CALLS) / seeds.length)

let judge: Judge
beforeAll(async () => {
  judge = await startJudge()
  console.log(`What is right says ${judge.description}`)
}, 60_000)
afterAll(() => judge.stop())

describe('K3: memory answers as Redis does', () => {
  test.each(seeds)(
    `%s, ${count} from seed %d`,
    async (_, seed) => {
      const near = memory()
      const answered = new Set<string>()
      const finding = await differ(near, judge, seed, count, ({ name }, outcome) => {
        if ('answer' in outcome) answered.add(name)
      })
      near.close()
      if (finding) expect.fail(report(finding, judge))
      const known = names().filter((name) => judge.knows({ name, args: [] }))
      // Fewer calls may leave one out.
      if (count >= 100_000) expect([...answered].sort()).toEqual(known.sort())
    },
    60_000 + count,
  )
})
