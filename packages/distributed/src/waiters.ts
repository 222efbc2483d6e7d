import type { Forward } from './message.ts'

/** Times `retry`: how often a node says which of its calls still wait at the leader. */
export const STAYS = 10

/** A blocking command at the leader. */
export interface Waiter {
  readonly from: string
  readonly forward: Forward
  readonly keys: readonly string[]
  /** The leader's time at which it is answered with null. */
  readonly until: number
  /** When its node has last said that it still waits. */
  refreshedAt: number
}

/** Blocking commands that wait for keys, in the order they came. */
export class Waiters {
  readonly #all = new Map<string, Waiter>()
  readonly #byKey = new Map<string, Set<string>>()
  /** None has waited long enough before this time of the leader. */
  soonest: number = Number.POSITIVE_INFINITY
  /** When they were looked at last. */
  lookedAt: number = Number.NEGATIVE_INFINITY

  get size(): number {
    return this.#all.size
  }

  get(id: string): Waiter | undefined {
    return this.#all.get(id)
  }

  add(id: string, waiter: Waiter): void {
    this.#all.set(id, waiter)
    this.soonest = Math.min(this.soonest, waiter.until)
    for (const key of waiter.keys) {
      const queue = this.#byKey.get(key)
      if (queue) queue.add(id)
      else this.#byKey.set(key, new Set([id]))
    }
  }

  remove(id: string): void {
    const waiter = this.#all.get(id)
    this.#all.delete(id)
    for (const key of waiter?.keys ?? []) {
      const queue = this.#byKey.get(key)
      if (queue?.delete(id) && queue.size === 0) this.#byKey.delete(key)
    }
  }

  /** Who waits for the key, longest first. */
  for(key: string): readonly string[] {
    return [...(this.#byKey.get(key) ?? [])]
  }

  /** The keys that are waited for. */
  keys(): readonly string[] {
    return [...this.#byKey.keys()]
  }

  [Symbol.iterator](): IterableIterator<[string, Waiter]> {
    return this.#all.entries()
  }
}
