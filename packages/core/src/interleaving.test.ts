import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Absences } from './absences.ts'
import { Copies } from './copies.ts'
import { Fences } from './fences.ts'
import { play } from './interleaving.fixture.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const deadlines = { pass: () => void vi.advanceTimersByTime(1_000) }

async function firstWrong(seeds: number): Promise<{ seed: number; wrong: string[] } | undefined> {
  for (let seed = 1; seed <= seeds; seed++) {
    const wrong = await play(seed, deadlines)
    if (wrong.length) return { seed, wrong }
  }
  return undefined
}

describe('C1, C5: whatever the order of messages', () => {
  test('no copy differs from truth at rest, no read finds less than its process wrote', async () => {
    expect(await firstWrong(1_500)).toBe(undefined)
  }, 60_000)

  test.each([
    ['fences that stand whatever happens', () => vi.spyOn(Fences.prototype, 'stands').mockReturnValue(true)],
    ['fences that nothing breaks', () => vi.spyOn(Fences.prototype, 'break').mockReturnValue(undefined)],
    [
      'fences that a loss does not break',
      () => vi.spyOn(Fences.prototype, 'breakAll').mockReturnValue(undefined),
    ],
    [
      'copies that are not dropped',
      () => vi.spyOn(Copies.prototype, 'invalidate').mockReturnValue(undefined),
    ],
    [
      'copies that are filled before live',
      () => vi.spyOn(Copies.prototype, 'open', 'get').mockReturnValue(true),
    ],
    ['absences that nothing ends', () => vi.spyOn(Absences.prototype, 'delete').mockReturnValue(undefined)],
  ])(
    'this test would find %s',
    async (_, breakIt) => {
      breakIt()
      expect(await firstWrong(5_000)).toBeDefined()
    },
    60_000,
  )
})
