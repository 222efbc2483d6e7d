import type { ExpiryClock } from './parts.ts'

/** Expiry without a timer: a key that nobody asks for stays until it is evicted. */
export function expiryOnRead(): ExpiryClock {
  const clock = {
    at: new Float64Array(16),
    grow(capacity: number) {
      const at = new Float64Array(capacity)
      at.set(clock.at)
      clock.at = at
    },
    set(slot: number, at: number) {
      clock.at[slot] = at
    },
    stop() {},
  }
  return clock
}
