import { expect, test } from 'vitest'
import { orSkipped } from '../scripts/servers/shared.ts'
import { type Defect, defects } from './defects.ts'
import { hunt } from './hunt.ts'

/** All of them take half a minute; without that time those that others would hide behind. */
const some: readonly Defect[] = ['no fences', 'kept when lost']
const isLong = Number(process.env['STALE_HUNT_SECONDS'] ?? 0) >= 20

test.for(isLong ? defects : some)(
  'the hunt finds clients with: %s',
  { timeout: 180_000 },
  async (defect, { skip }) => {
    const seed = Date.now() % 1_000_000
    const found = await orSkipped(hunt({ seed, ms: 30_000, defect }))
    if (!found) return skip()
    const { wrong, reads } = found
    console.log(`${defect}, seed ${seed}, ${reads} reads: ${wrong[0]}`)
    expect(wrong).not.toEqual([])
  },
)
