import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Copies } from './copies.ts'
import { Fences } from './fences.ts'
import { type Race, run } from './races.fixture.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const deadlines = { pass: () => void vi.advanceTimersByTime(1_000) }

const races: { readonly [says: string]: Race } = {
  'an invalidation arrives while the key is fetched': {
    told: true,
    acts: ({ read, foreign }) => [read, foreign, read, foreign, read],
    met: ({ toldDuringFetch }) => toldDuringFetch,
  },
  'a delete during a load': {
    acts: (players) => [players.read, players.delete, players.read],
    met: ({ deletedDuringRead }) => deletedDuringRead,
  },
  'two writers at once': {
    acts: ({ read, write, below, foreign }) => [write, write, ...(below(2) ? [read] : [foreign]), read],
    met: ({ writesAtOnce }) => writesAtOnce,
  },
  'a write whose answer is lost': {
    acts: ({ read, loseAnswer, deadline, below, ...players }) => {
      const write = below(2) ? players.write : players.delete
      const lost = below(3) ? [loseAnswer, write] : [write, deadline]
      return [...(below(2) ? [read] : []), ...lost, read, ...(below(2) ? [players.write] : []), read]
    },
    met: ({ writeUnanswered }) => writeUnanswered,
  },
}

/** Runs the race by seeds until it was one so many times; answers the first seed by which a copy was wrong. */
async function firstWrong(race: Race, times: number) {
  let met = 0
  for (let seed = 1; met < times && seed <= 10 * times; seed++) {
    const outcome = await run(race, seed, deadlines)
    if (outcome.wrong.length) return { seed, wrong: outcome.wrong }
    if (outcome.met) met++
  }
  return met < times ? { only: met } : undefined
}

describe('C1, C5, T4: a thousand times each', () => {
  test.each(Object.entries(races))(
    '%s: no copy is wrong',
    async (_, race) => {
      expect(await firstWrong(race, 1_000)).toBe(undefined)
    },
    60_000,
  )

  const standing = () => vi.spyOn(Fences.prototype, 'stands').mockReturnValue(true)
  const kept = () => vi.spyOn(Copies.prototype, 'invalidate').mockReturnValue(undefined)
  test.each<[string, string, () => unknown]>([
    ['an invalidation arrives while the key is fetched', 'fences that stand whatever happens', standing],
    ['a delete during a load', 'fences that stand whatever happens', standing],
    ['two writers at once', 'fences that stand whatever happens', standing],
    ['a write whose answer is lost', 'copies that are not dropped', kept],
  ])(
    '%s: this test would find %s',
    async (race, _, breakIt) => {
      breakIt()
      expect(await firstWrong(races[race] as Race, 1_000)).toMatchObject({ seed: expect.any(Number) })
    },
    60_000,
  )
})
