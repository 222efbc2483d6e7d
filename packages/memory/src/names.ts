import { hashOf } from './hash-of.ts'

/** Among so many, a name is found as fast without an index, which would take more heap than they do. */
const FEW = 8
/** Up to so many are in a Map, which remembers the hashes of texts and so is the fastest while a cache holds it. */
const SOME = 1024
/** Names in one bucket, as a power of two: as many as the processor fetches at once. */
const BUCKET = 4

/**
 * Different names in places from 0 on, without gaps, so that one can be picked at random and all can be walked by place.
 * A name only ever moves to a lower place: the last takes the place of one that is removed. All O(1).
 *
 * A Map of a million names takes 30 MB, which no processor's cache holds, and looks at several places far apart to find
 * one. So of many names each is one word of 32 bits in a table, in the bucket that its hash tells: its place, and above it as many
 * more bits of the hash as there is room for. What a full bucket has no room for is in a Map, so that names made to share a
 * bucket do no harm.
 */
export class Names {
  #list: string[] = []
  #table: Int32Array | undefined
  /** The table has 2 to the power of so many words; 0 in those that are free. */
  #bits = 0
  #others: Map<string, number> | undefined

  get size(): number {
    return this.#list.length
  }

  /** In the order of their places; not to be changed. */
  get list(): readonly string[] {
    return this.#list
  }

  /** Estimated heap in bytes, the texts of the names left out. */
  get bytes(): number {
    return this.size * 8 + (this.#table?.length ?? 0) * 4 + (this.#others ? 400 + this.#others.size * 44 : 0)
  }

  /** The place of the name, -1 without it. */
  placeOf(name: string): number {
    const table = this.#table
    const list = this.#list
    if (table) {
      const bits = this.#bits
      const hash = hashOf(name)
      const start = this.#start(hash)
      const wanted = this.#word(hash, 0)
      for (let at = start; at < start + (1 << BUCKET); at++) {
        const place = ((table[at] ?? 0) ^ wanted) - 1
        if (place >>> bits === 0 && list[place] === name) return place
      }
    } else if (!this.#others) return list.indexOf(name)
    return this.#others?.get(name) ?? -1
  }

  /** Adds the name, which must not be there, in the last place. */
  add(name: string): void {
    this.#list = appended(this.#list, name)
    const { size } = this
    if (size > (this.#table ? this.#table.length * 0.75 : this.#others ? SOME : FEW)) this.#index()
    else this.#put(name, 0, size)
  }

  /** Removes the name in that place. */
  remove(place: number): void {
    const { size } = this
    this.#put(this.#list[place] ?? '', place + 1, 0)
    if (place + 1 < size) this.#put(this.#list[size - 1] ?? '', size, place + 1)
    takeOut(this.#list, place)
    // With room for a few more, so that it is not made anew by the next one.
    if (size <= FEW / 2) this.#table = this.#others = undefined
    else if (size * 8 < (this.#table?.length ?? 0)) this.#index()
  }

  #start(hash: number): number {
    return (hash << BUCKET) & ((1 << this.#bits) - 1)
  }

  #word(hash: number, place: number): number {
    return ((hash >>> (this.#bits - BUCKET)) << this.#bits) | place
  }

  /** Changes the place that the index tells of the name; places from 1 on, 0 for none. */
  #put(name: string, from: number, to: number): void {
    const table = this.#table
    if (table) {
      const hash = hashOf(name)
      const found = from && this.#word(hash, from)
      let at = this.#start(hash)
      const end = at + (1 << BUCKET)
      while (at < end && table[at] !== found) at++
      if (at < end) {
        table[at] = to && this.#word(hash, to)
        return
      }
      this.#others ??= new Map()
    }
    if (to) this.#others?.set(name, to - 1)
    else this.#others?.delete(name)
  }

  #index(): void {
    const { size } = this
    this.#bits = 32 - Math.clz32(size * 1.5)
    this.#table = size > SOME ? new Int32Array(1 << this.#bits) : undefined
    this.#others = this.#table ? undefined : new Map()
    for (const [place, name] of this.#list.entries()) this.#put(name, 0, place + 1)
  }
}

/** The list with the item in its last place. */
export function appended<Item>(list: Item[], item: Item): Item[] {
  // Pushing would leave room for 16 more.
  if (list.length < FEW) return list.concat([item])
  list.push(item)
  return list
}

/** Takes the item out of its place, which the last one takes. */
export function takeOut<Item>(list: Item[], place: number): void {
  const last = list.pop()
  if (place < list.length && last !== undefined) list[place] = last
}
