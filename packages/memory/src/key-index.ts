import { hashOf } from './hash-of.ts'
import type { Index } from './parts.ts'

/** A power of two. */
const SHARDS = 32

/**
 * Which slot each key has. One map as long as it will do; the keys that come when that is full are spread over others,
 * so that there is room for 500 million and nothing has to be moved.
 */
export class KeyIndex implements Index {
  /** How many keys there are. */
  size = 0

  readonly #full: number
  readonly #first = new Map<string, number>()
  readonly #shards: Map<string, number>[] = []

  /** `full` is how many keys the first map takes; V8 allows 2^24 in one. */
  constructor(full: number = 2 ** 23) {
    this.#full = full
  }

  get(key: string): number | undefined {
    const slot = this.#first.get(key)
    return slot === undefined && this.#shards.length > 0 ? this.#shard(key)?.get(key) : slot
  }

  /** The key must not be there. */
  set(key: string, slot: number): void {
    this.size++
    if (this.#first.size < this.#full) this.#first.set(key, slot)
    else {
      while (this.#shards.length < SHARDS) this.#shards.push(new Map())
      this.#shard(key)?.set(key, slot)
    }
  }

  delete(key: string): void {
    if (this.#first.delete(key) || this.#shard(key)?.delete(key)) this.size--
  }

  #shard(key: string): Map<string, number> | undefined {
    return this.#shards[hashOf(key) & (SHARDS - 1)]
  }
}
