import type { Keyspace } from '@jcache/memory'
import type { Slotted } from './copy-on-write.ts'
import { Holding } from './holding.ts'

/** A keyspace by its slots: to look a million keys up by name would cost more than all else. */
export class KeyspaceSlots implements Slotted {
  readonly #space: Keyspace
  /** When what is in the slot expires, 0 for never. */
  readonly expiresAt: (slot: number) => number

  constructor(space: Keyspace, expiresAt: (slot: number) => number) {
    this.#space = space
    this.expiresAt = expiresAt
  }

  get slots(): number {
    return this.#space.slots
  }

  find(key: string): number {
    return this.#space.find(key)
  }

  at(slot: number): Holding | undefined {
    const key = this.#space.keyAt(slot)
    const value = this.#space.valueAt(slot)
    if (key === undefined || value === undefined) return undefined
    const expiresAt = this.expiresAt(slot)
    const isPast = expiresAt > 0 && expiresAt <= this.#space.now()
    return isPast ? undefined : new Holding(key, value, expiresAt)
  }
}
