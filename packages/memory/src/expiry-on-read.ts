import { grown } from './grown.ts'
import type { ExpiryClock } from './parts.ts'

/** Expiry without a timer: a key that nobody asks for stays until it is evicted. */
export function expiryOnRead(): ExpiryClock {
  const clock = {
    at: new Float64Array(16),
    grow(capacity: number) {
      clock.at = grown(clock.at, new Float64Array(capacity))
    },
    set(slot: number, at: number) {
      clock.at[slot] = at
    },
    stop() {},
  }
  return clock
}
