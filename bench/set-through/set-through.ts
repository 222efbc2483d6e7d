import type { Subject } from '../suite.ts'
import type { TieredCache } from '../tiers/cache.ts'
import { keyAt } from '../tiers/over-server.ts'

/** A write through both tiers; one after the other. */
export const setThrough = (cache: TieredCache): Subject => ({
  run: (at) => cache.set(keyAt(at), `another value ${at}`),
})
