import type { Subject } from '../suite.ts'
import type { TieredCache } from '../tiers/cache.ts'
import { keyAt } from '../tiers/over-server.ts'

/** A near miss that Redis answers, copied into memory on the way; one after the other. */
export const farHit = (cache: TieredCache): Subject => ({ run: (at) => cache.get(keyAt(at)) })
