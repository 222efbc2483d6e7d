import { grown } from './grown.ts'
import type { EvictionPolicy } from './parts.ts'

const FREE = 0
const IDLE = 1
const HIT = 2

/**
 * The clock, or second chance (Corbató 1968): a hand goes round the slots and takes the first that was not hit since it
 * last came by. A stand-in of a few bytes, better than first in, first out, and no match for scans and loops.
 */
export function secondChance(): EvictionPolicy {
  let states = new Uint8Array(16)
  let hand = 0
  return {
    grow(capacity) {
      states = grown(states, new Uint8Array(capacity))
    },
    add(slot) {
      states[slot] = IDLE
    },
    hit(slot) {
      states[slot] = HIT
    },
    remove(slot) {
      states[slot] = FREE
    },
    victim(keep) {
      // Two rounds find one: the first takes the hits away.
      for (let steps = 2 * states.length; steps > 0; steps--) {
        const slot = hand++ % states.length
        if (states[slot] === HIT) states[slot] = IDLE
        else if (states[slot] === IDLE && slot !== keep) return slot
      }
      return keep
    },
  }
}
