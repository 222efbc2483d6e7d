/**
 * Which keys were written last and may not be committed yet. They lie in two layers, each dropped as a whole: keys that come
 * and go one by one would cost what `Numbered` tells of.
 */
export class Dirty {
  #newer = new Map<string, number>()
  #older = new Map<string, number>()
  #olderEnd = 0
  /** The last entry, and the last that touched all keys. */
  #last: number
  #all: number

  /** Up to this entry all keys count as touched. */
  constructor(offset: number) {
    this.#last = offset
    this.#all = offset
  }

  /** The entry touches these keys, null: all. */
  touch(keys: readonly string[] | null, offset: number): void {
    this.#last = offset
    if (keys) for (const key of keys) this.#newer.set(key, offset)
    else this.#all = offset
  }

  /** The last entry that touched one of the keys, null: any key. What is committed may be told as if it were not. */
  touched(keys: readonly string[] | null): number {
    if (!keys) return this.#last
    let last = this.#all
    for (const key of keys) last = Math.max(last, this.#newer.get(key) ?? this.#older.get(key) ?? 0)
    return last
  }

  /** All up to the entry is committed. */
  commit(offset: number): void {
    if (offset < this.#olderEnd) return
    this.#older = this.#newer
    this.#olderEnd = this.#last
    this.#newer = new Map()
  }
}
