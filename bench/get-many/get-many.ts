import type { Subject } from '../suite.ts'
import type { TieredCache } from '../tiers/cache.ts'
import { keyAt } from '../tiers/over-server.ts'

const KEYS = 100

/** A hundred near misses in one call, each copied into memory on the way. Timed per call. */
export const getMany = (cache: TieredCache): Subject => ({
  run: (at) => cache.getMany(Array.from({ length: KEYS }, (_, next) => keyAt(at * KEYS + next))),
})
