import type { Stamp } from './stamps.ts'

/** A decoded value beside its near copy. It counts only as long as the near copy is the same text. */
export interface Slot {
  /** The key as tiers know it. */
  readonly name: string
  /** The text as tiers hold it. */
  readonly text: string
  /** What the text says, frozen; `OWN` where it cannot be frozen, so that every caller gets one of their own. */
  readonly value: unknown
  /** What must still stand for the value to count, where there is any. */
  readonly stamps: readonly Stamp[] | undefined
  /** Unix milliseconds until which it is fresh; then it is stale, as long as it is there. */
  readonly freshUntil: number
  /** Unix milliseconds from which a hit loads it anew, where that is before it is stale. */
  readonly refreshAt?: number
}

/** In place of a value that is decoded for each caller. */
export const OWN: unique symbol = Symbol()

/** Whether the value needs no load: it is fresh, and is not to be loaded ahead. */
export function isDone(slot: Slot, at: number): boolean {
  return at < (slot.refreshAt ?? slot.freshUntil)
}

/** Slots by key. */
export interface Slots {
  get(key: string): Slot | undefined
  set(key: string, slot: Slot): void
  delete(key: string): void
  clear(): void
}

/** Its text, and as much again as a slot takes, so that small ones count too. */
function sizeOf({ text }: Slot): number {
  return text.length + 100
}

/**
 * Slots whose texts have so many characters at most, by two generations: when the young one is half of that, the old one is
 * forgotten. What is asked for becomes young again, so a hit moves nothing until then.
 */
export function slotsOf(limit: number): Slots {
  let young = new Map<string, Slot>()
  let old = new Map<string, Slot>()
  let size = 0
  const set = (key: string, slot: Slot) => {
    drop(key)
    size += sizeOf(slot)
    young.set(key, slot)
    if (size <= limit / 2) return
    old = young
    young = new Map()
    size = 0
  }
  const drop = (key: string) => {
    const slot = young.get(key)
    if (slot) size -= sizeOf(slot)
    young.delete(key)
    old.delete(key)
  }
  return {
    set,
    delete: drop,
    get(key) {
      const slot = young.get(key)
      if (slot) return slot
      const aged = old.get(key)
      if (aged) set(key, aged)
      return aged
    },
    clear() {
      young.clear()
      old.clear()
      size = 0
    },
  }
}
