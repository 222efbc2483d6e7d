import { expect, test } from 'vitest'
import { orSkipped } from '../scripts/servers/shared.ts'
import { hunt } from './hunt.ts'

const { STALE_HUNT_SECONDS = '5', STALE_HUNT_SEED, STALE_HUNT_CLUSTER = '' } = process.env
const seed = Number(STALE_HUNT_SEED ?? Date.now() % 1_000_000)
const ms = Number(STALE_HUNT_SECONDS) * 1_000

test(
  `C1, C2, C3, C5: no near copy lies, whatever befalls the server (seed ${seed})`,
  async ({ skip }) => {
    const found = await orSkipped(hunt({ seed, ms, cluster: STALE_HUNT_CLUSTER !== '' }))
    if (!found) return skip()
    const { wrong, reads, near, writes } = found
    const again = `Again: STALE_HUNT_SEED=${seed} STALE_HUNT_SECONDS=${STALE_HUNT_SECONDS} npm test -- stale-hunt/hunt`
    console.log(
      `stale hunt, seed ${seed}: ${reads} reads (${near} with a near copy) and ${writes} writes, ${wrong.length} wrong`,
    )
    expect(wrong.slice(0, 20), again).toEqual([])
    expect(near).toBeGreaterThan(50)
    expect(writes).toBeGreaterThan(100)
  },
  120_000 + 4 * ms,
)
