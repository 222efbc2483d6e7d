/** Keys that an entry touched, null: all. */
interface Touch {
  readonly keys: readonly string[] | null
  readonly offset: number
}

/** What some entries touched. Noted as it comes; only who wants to know what became of a key looks at the keys. */
class Touches {
  readonly #noted: Touch[] = []
  #looked = 0
  #all = 0
  #last: Map<string, number> | undefined

  note(touch: Touch): void {
    this.#noted.push(touch)
  }

  /** The last that touched one of the keys, 0 for none. */
  last(keys: readonly string[]): number {
    this.#last ??= new Map()
    for (let touch = this.#noted[this.#looked]; touch; touch = this.#noted[++this.#looked]) {
      if (touch.keys) for (const key of touch.keys) this.#last.set(key, touch.offset)
      else this.#all = touch.offset
    }
    let last = this.#all
    for (const key of keys) last = Math.max(last, this.#last.get(key) ?? 0)
    return last
  }
}

/**
 * Which keys were written last and may not be committed yet. They lie in two layers, each dropped as a whole: keys that come
 * and go one by one would cost what `Numbered` tells of.
 */
export class Dirty {
  #newer = new Touches()
  #older = new Touches()
  #olderEnd = 0
  #last: number
  readonly #first: number

  /** Up to this entry all keys count as touched. */
  constructor(offset: number) {
    this.#last = offset
    this.#first = offset
  }

  /** The entry touches these keys, null: all. */
  touch(keys: readonly string[] | null, offset: number): void {
    this.#last = offset
    this.#newer.note({ keys, offset })
  }

  /**
   * The last entry that touched one of the keys, null: any key. What is committed may be told as if it were not. O(keys),
   * and once O(keys that were touched).
   */
  touched(keys: readonly string[] | null): number {
    return keys ? Math.max(this.#first, this.#newer.last(keys), this.#older.last(keys)) : this.#last
  }

  /** All up to the entry is committed. */
  commit(offset: number): void {
    if (offset < this.#olderEnd) return
    this.#older = this.#newer
    this.#olderEnd = this.#last
    this.#newer = new Touches()
  }
}
