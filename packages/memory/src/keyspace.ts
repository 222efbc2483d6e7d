import { CacheError } from '@jcache/driver'
import type { Ages } from './ages.ts'
import type { KeyspaceOptions } from './bounds.ts'
import type { Collection, Value } from './collection.ts'
import { grown } from './grown.ts'
import type { EvictionPolicy, ExpiryClock, Index, Parts } from './parts.ts'
import { SLOT_BYTES, sizeOf } from './size-of.ts'
import type { Waiters } from './waiters.ts'
import { wrongType } from './wrong-type.ts'

/**
 * All keys of a tier. A key is a slot: one number in the index, and that place in each column (key, value, size, expiry,
 * eviction). Columns of numbers are typed arrays, so a key costs no object of its own and the garbage collector
 * has little to walk.
 */
export class Keyspace {
  readonly now: () => number
  /** Grows with every change of any key: a command that leaves it as it was changed nothing. */
  changes = 0
  /** Keys that left to keep the bounds. */
  evictions = 0
  /** Keys that left because their time was over. */
  expirations = 0
  /** Estimated heap of all keys and values. */
  bytes = 0
  /** Who waits for keys; made by the first blocking command. */
  waiters: Waiters | undefined
  /** When slots were copied from elsewhere; made for the first copy. */
  ages: Ages | undefined

  readonly #options: KeyspaceOptions
  readonly #parts: Parts
  #slots: Index
  #keys: (string | undefined)[] = []
  #values: (Value | undefined)[] = []
  #sizes: Uint32Array = new Uint32Array(16)
  #free: number[] = []
  #expiry: ExpiryClock
  #eviction: EvictionPolicy
  /** Whether there was ever a value that is not a text. */
  #mixed = false
  #closed = false

  constructor(options: KeyspaceOptions, parts: Parts) {
    this.#options = options
    this.#parts = parts
    this.now = options.now
    this.#slots = parts.index()
    this.#expiry = parts.expiry(this.now, (slot) => this.#expire(slot))
    this.#eviction = parts.eviction()
  }

  /** How many keys there are, those that have expired unseen included. */
  get size(): number {
    return this.#slots.size
  }

  has(key: string): boolean {
    return this.find(key) >= 0
  }

  /** The place of the key in every column, -1 without key. */
  find(key: string): number {
    const slot = this.#slots.get(key)
    if (slot === undefined) {
      // A closed keyspace is empty, so only what finds nothing has to look.
      this.#open()
      return -1
    }
    const at = this.#expiry.at[slot]
    if (at && at <= this.now()) {
      this.#expire(slot)
      return -1
    }
    return slot
  }

  /** What the slot holds, undefined for -1; not counted as a hit. */
  valueAt(slot: number): Value | undefined {
    return slot < 0 ? undefined : this.#values[slot]
  }

  /** What the key holds, of any type. */
  read(key: string): Value | undefined {
    const slot = this.find(key)
    if (slot < 0) return undefined
    this.#eviction.hit(slot)
    return this.#values[slot]
  }

  /** The text that the key holds. Throws `WRONG_TYPE` where it holds another type. */
  text(key: string): string | undefined {
    const value = this.read(key)
    // A look at the text itself is a cache miss more, which is saved where there was never anything but texts.
    if (this.#mixed && typeof value === 'object') throw wrongType(key, value, 'string')
    return value as string | undefined
  }

  /**
   * Gives the key this value and expiry (Unix milliseconds, 0: none, null: the one it has), whatever it held. A past expiry
   * removes the key. `loadedAt` is when it was copied from elsewhere. To ask the clock costs as much as all else here: where
   * the expiry is counted from now, `ttl` says that it is ahead.
   */
  put(key: string, value: Value, expiresAt: number | null = 0, loadedAt = 0, ttl = 0): void {
    if (expiresAt && !ttl && expiresAt <= this.now()) {
      this.delete(key)
      return
    }
    // What has expired unseen is written over like any other: no need to ask the clock again.
    let slot = this.#slots.get(key)
    if (slot === undefined) slot = this.#insert(key)
    else this.#eviction.hit(slot)
    this.#values[slot] = value
    this.#mixed ||= typeof value === 'object'
    this.ages?.set(slot, loadedAt)
    if (expiresAt !== null) this.#expiry.set(slot, expiresAt)
    this.#settle(slot, key, value)
  }

  /** The collection in the slot, which is that of the key, was changed. */
  changed(slot: number, key: string, collection: Collection): void {
    this.#eviction.hit(slot)
    this.#settle(slot, key, collection)
  }

  /** When the key expires, 0 for never, undefined without key. */
  expiresAt(key: string): number | undefined {
    const slot = this.find(key)
    return slot < 0 ? undefined : (this.#expiry.at[slot] ?? 0)
  }

  /** Lets the key expire then (0: never), at once if that is past; answers whether there is such a key. */
  expire(key: string, at: number): boolean {
    const slot = this.find(key)
    if (slot < 0) return false
    if (at && at <= this.now()) return this.delete(key)
    this.#expiry.set(slot, at)
    this.changes++
    return true
  }

  /** Removes the key; answers whether it existed. */
  delete(key: string): boolean {
    const slot = this.find(key)
    if (slot < 0) return false
    this.#remove(slot)
    return true
  }

  /** Removes every key. O(1): what held them is left to the garbage collector. */
  clear(): void {
    this.#open()
    this.changes += this.size
    this.bytes = 0
    this.#slots = this.#parts.index()
    this.#keys = []
    this.#values = []
    this.#sizes = new Uint32Array(16)
    this.ages = undefined
    this.#free = []
    this.#expiry.stop()
    this.#expiry = this.#parts.expiry(this.now, (slot) => this.#expire(slot))
    this.#eviction = this.#parts.eviction()
  }

  /** How many slots there are, free ones included: a key keeps its slot as long as it is there. */
  get slots(): number {
    this.#open()
    return this.#keys.length
  }

  /** The key in the slot, undefined where it is free; one that has expired unseen is still there. */
  keyAt(slot: number): string | undefined {
    this.#open()
    return this.#keys[slot]
  }

  /** Stops the clock and forgets everything; whatever is asked later throws `CLOSED`. */
  close(): void {
    if (this.#closed) return
    this.clear()
    this.#closed = true
    this.waiters?.close()
  }

  #open(): void {
    if (this.#closed) throw new CacheError('CLOSED', 'the memory tier is closed')
  }

  #expire(slot: number): void {
    this.#remove(slot)
    this.expirations++
  }

  #insert(key: string): number {
    this.#open()
    const slot = this.#free.pop() ?? this.#keys.length
    if (slot === this.#sizes.length) {
      const capacity = slot * 2
      this.#sizes = grown(this.#sizes, new Uint32Array(capacity))
      this.#expiry.grow(capacity)
      this.#eviction.grow(capacity)
    }
    this.#slots.set(key, slot)
    this.#keys[slot] = key
    this.#eviction.add(slot, key)
    return slot
  }

  #remove(slot: number): void {
    const key = this.#keys[slot]
    if (key === undefined) return
    this.#slots.delete(key)
    this.#keys[slot] = undefined
    this.#values[slot] = undefined
    this.bytes -= this.#sizes[slot] ?? 0
    this.#sizes[slot] = 0
    this.#expiry.set(slot, 0)
    this.#eviction.remove(slot)
    this.#free.push(slot)
    this.changes++
  }

  /** Measures what the slot holds now, keeps the bounds, and tells who waits for the key. */
  #settle(slot: number, key: string, value: Value): void {
    // The column takes whole numbers of 32 bits: 4 GB in one key is more than any bound worth keeping.
    const inside = typeof value === 'string' ? sizeOf(value) : Math.min(Math.ceil(value.bytes), 4e9)
    const size = SLOT_BYTES + key.length + inside
    this.bytes += size - (this.#sizes[slot] ?? 0)
    this.#sizes[slot] = size
    const { maxEntries, maxBytes, onEvict } = this.#options
    while (this.#slots.size > maxEntries || this.bytes > maxBytes) {
      // What alone is too big leaves alone, instead of driving out everything before itself.
      const victim = size > maxBytes ? slot : this.#eviction.victim(slot)
      const evicted = this.#keys[victim]
      if (evicted === undefined) break
      this.#remove(victim)
      this.evictions++
      onEvict?.(evicted)
    }
    this.changes++
    this.waiters?.wake(key)
  }
}
