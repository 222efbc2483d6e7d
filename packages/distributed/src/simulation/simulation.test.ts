import { expect, test } from 'vitest'
import { replayed, simulate } from './simulate.fixture.ts'

/** `JCACHE_SEEDS=10000` for a long run, `JCACHE_SEED=7` for one life, with its transcript. */
const { JCACHE_SEEDS = '2000', JCACHE_SEED } = process.env
const SHARES = 20

test.skipIf(JCACHE_SEED === undefined)('the life of one seed', () => {
  console.log(replayed(Number(JCACHE_SEED)).transcript)
})

// In shares, so that a run that hangs says where.
test.skipIf(JCACHE_SEED !== undefined).for(Array.from({ length: SHARES }, (_, share) => share))(
  'D1: no life of a cluster breaks a rule (share %i)',
  { timeout: 600_000 },
  (share) => {
    const count = Number(JCACHE_SEEDS) / SHARES
    const total = { calls: 0, leaders: 0, snapshots: 0, answered: 0 }
    for (let seed = Math.round(share * count) + 1; seed <= Math.round((share + 1) * count); seed++) {
      const { violation, world } = simulate({ seed })
      if (violation) expect.fail(replayed(seed).transcript)
      total.calls += world.operations.length
      total.answered += world.operations.filter(({ answer }) => answer?.kind === 'done').length
      total.leaders += world.leaders.size
      total.snapshots += world.news.get('snapshot') ?? 0
    }
    // A simulator in which nothing happens finds nothing.
    expect(total.leaders).toBeGreaterThan(count)
    expect(total.snapshots).toBeGreaterThan(count / 4)
    expect(total.answered).toBeGreaterThan(total.calls * 0.8)
  },
)

test('E3: no life of a cluster breaks a rule, or loses anything, whose coordinator loses its data', () => {
  const lives = Number(JCACHE_SEEDS) / 20
  // Where nobody leads for certain when the record is lost, all wait, and say so.
  const options = { unclean: 'halt' } as const
  const may = { forget: true, crash: false, leave: false, unclean: false }
  let healed = 0
  for (let seed = 1; seed <= lives; seed++) {
    const { violation, world } = simulate({ seed, may, options })
    const isHalted = violation?.invariant.startsWith('19') && world.news.has('record-lost')
    if (violation && !isHalted) expect.fail(replayed(seed, { may, options }).transcript)
    expect(world.truths.size).toBeLessThanOrEqual(1)
    if (!violation && world.news.has('record-lost')) healed++
  }
  expect(healed).toBeGreaterThan(lives / 3)
}, 600_000)

test('a seed replays exactly', () => {
  expect(replayed(11).transcript).toBe(replayed(11).transcript)
})
