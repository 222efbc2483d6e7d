import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Omission, play } from './stream-races.fixture.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const pass = async (ms: number) => void (await vi.advanceTimersByTimeAsync(ms))

/** Plays so many seeds; answers the first by which a copy was wrong, or how often one was right. */
async function hunt(seeds: number, omission?: Omission) {
  let right = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const found = await play(seed, pass, omission)
    if (found.wrong.length) return { seed, wrong: found.wrong }
    right += found.right
  }
  return { right }
}

describe('C2: a stream over connections that are cut, held up, and led elsewhere', () => {
  test('leaves no copy that the server of the calls does not hold', async () => {
    const found = await hunt(1_000)
    expect(found).toEqual({ right: expect.any(Number) })
    expect(found.right).toBeGreaterThan(500)
  }, 120_000)

  test.each([
    'lost is not told',
    'servers are not compared',
    'fences stand',
    'own writes are not told',
  ] as const)(
    'this test would find that %s',
    async (omission) => {
      expect(await hunt(1_000, omission)).toMatchObject({ seed: expect.any(Number) })
    },
    120_000,
  )
})
