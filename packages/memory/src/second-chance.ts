import { grown } from './grown.ts'
import type { EvictionPolicy } from './parts.ts'

/**
 * The clock, or second chance (Corbató 1968): a hand goes round the slots and takes the first that was not hit since it
 * last came by. A stand-in of a few bytes, better than first in, first out, and no match for scans and loops.
 */
export function secondChance(): EvictionPolicy {
  /** By slot: 0 where it is free, 1 as long as it was not hit since the hand was there, 2 when it was. */
  let states = new Uint8Array(16)
  let hand = 0
  return {
    grow(capacity) {
      states = grown(states, new Uint8Array(capacity))
    },
    add(slot) {
      states[slot] = 1
    },
    hit(slot) {
      states[slot] = 2
    },
    remove(slot) {
      states[slot] = 0
    },
    victim(keep) {
      // Two rounds find one: the first takes the hits away.
      const end = hand + 2 * states.length
      while (hand < end) {
        const slot = hand++ % states.length
        const state = states[slot]
        if (state === 2) states[slot] = 1
        else if (state && slot !== keep) return slot
      }
      return keep
    },
  }
}
