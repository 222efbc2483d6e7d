import type { Keyspace } from '@jcache/memory'
import { Sweep } from './sweep.ts'

type Parts = ConstructorParameters<typeof Keyspace>[1]
type Eviction = ReturnType<Parts['eviction']>

/** Parts of which one is looked at. */
export interface StillParts extends Parts {
  /** When the slot expires, 0 for never. */
  expiresAt(slot: number): number
  /** Removes some of what has expired by then. */
  sweep(time: number): void
}

/** A keyspace that does nothing by itself: no timer, and no choice but the one that follows from the calls. */
export function stillParts(): StillParts {
  let expiry: Sweep | undefined
  return {
    most: 2 ** 24 - 1,
    index: () => new Map<string, number>(),
    // With each clearing comes another.
    expiry: (_, due) => {
      expiry = new Sweep(due)
      return expiry
    },
    expiresAt: (slot) => expiry?.at[slot] ?? 0,
    sweep: (time) => expiry?.turn(time),
    eviction: clock,
  }
}

/** The hand of a clock goes round: what was used since it came by last stays for another round. */
function clock(): Eviction {
  let used = new Uint8Array(16)
  let end = 0
  let hand = 0
  const free = 2
  return {
    grow(capacity) {
      used = grown(used, new Uint8Array(capacity))
    },
    add(slot) {
      end = Math.max(end, slot + 1)
      used[slot] = 0
    },
    hit(slot) {
      used[slot] = 1
    },
    remove(slot) {
      used[slot] = free
    },
    victim(keep) {
      // Twice around: the first time may only take what was used for granted no more.
      for (let steps = 2 * end + 1; steps > 0; steps--) {
        const slot = hand
        hand = (hand + 1) % end
        if (slot === keep || used[slot] === free) continue
        if (used[slot] === 0) return slot
        used[slot] = 0
      }
      return keep
    },
  }
}

function grown<Column extends Float64Array | Uint8Array>(column: Column, larger: Column): Column {
  larger.set(column)
  return larger
}
