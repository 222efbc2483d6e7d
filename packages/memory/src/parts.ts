/** Which slot each key has. A Map is one, for as many keys as a Map can hold. */
export interface Index {
  readonly size: number
  get(key: string): number | undefined
  /** The key must not be there. */
  set(key: string, slot: number): unknown
  delete(key: string): unknown
}

/** Which slot leaves when there are too many. */
export interface EvictionPolicy {
  /** Makes room for the slots below the capacity. */
  grow(capacity: number): void
  add(slot: number, key: string): void
  /** The slot was read or changed. O(1). */
  hit(slot: number): void
  remove(slot: number): void
  /** The slot that should leave, any but `keep` while there are others. */
  victim(keep: number): number
}

/** When slots expire. */
export interface ExpiryClock {
  /** Unix milliseconds by slot, 0 or nothing for never. */
  readonly at: Float64Array
  /** Makes room for the slots below the capacity. */
  grow(capacity: number): void
  /** Lets the slot expire then, 0 for never. */
  set(slot: number, at: number): void
  stop(): void
}

/** What a keyspace is made of. */
export interface Parts {
  /** How many keys the index has room for. */
  readonly most: number
  index(): Index
  eviction(): EvictionPolicy
  /** `due` is called with each slot that has expired, if anything but a read finds it out. */
  expiry(now: () => number, due: (slot: number) => void): ExpiryClock
}
