import { KeyIndex } from './key-index.ts'

/** Among so many, a name is found as fast without an index, which would take more heap than they do. */
const FEW = 8

/**
 * Different names in places from 0 on, without gaps, so that one can be picked at random and all can be walked by place.
 * A name only ever moves to a lower place: the last takes the place of one that is removed. All O(1).
 */
export class Names {
  #list: string[] = []
  #index: KeyIndex | undefined

  get size(): number {
    return this.#list.length
  }

  /** In the order of their places; not to be changed. */
  get list(): readonly string[] {
    return this.#list
  }

  /** Estimated heap in bytes, the texts of the names left out. */
  get bytes(): number {
    return this.size * 8 + (this.#index ? 400 + this.size * 44 : 0)
  }

  /** The place of the name, -1 without it. */
  placeOf(name: string): number {
    return this.#index ? (this.#index.get(name) ?? -1) : this.#list.indexOf(name)
  }

  /** Adds the name, which must not be there, in the last place. */
  add(name: string): void {
    this.#list = appended(this.#list, name)
    if (this.#index) this.#index.set(name, this.size - 1)
    else if (this.size > FEW) {
      const index = new KeyIndex()
      for (const [place, each] of this.#list.entries()) index.set(each, place)
      this.#index = index
    }
  }

  /** Removes the name in that place. */
  remove(place: number): void {
    const name = this.#list[place] ?? ''
    const last = this.#list.at(-1) ?? ''
    takeOut(this.#list, place)
    // With room for a few more, so that it is not made anew by the next one.
    if (this.size < FEW / 2) this.#index = undefined
    this.#index?.delete(name)
    if (name === last || !this.#index) return
    this.#index.delete(last)
    this.#index.set(last, place)
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
