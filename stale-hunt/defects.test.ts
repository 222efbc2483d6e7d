import { expect, test } from 'vitest'
import { type Defect, defects } from './defects.ts'
import { hunt } from './hunt.ts'

/** All of them take half a minute; without that time those that others would hide behind. */
const some: readonly Defect[] = ['no fences', 'kept when lost']
const isLong = Number(process.env['STALE_HUNT_SECONDS'] ?? 0) >= 20

test.each(isLong ? defects : some)(
  'the hunt finds clients with: %s',
  async (defect) => {
    const seed = Date.now() % 1_000_000
    const { wrong, reads } = await hunt({ seed, ms: 30_000, defect })
    console.log(`${defect}, seed ${seed}, ${reads} reads: ${wrong[0]}`)
    expect(wrong).not.toEqual([])
  },
  180_000,
)
