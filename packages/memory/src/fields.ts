import type { Collection } from './collection.ts'
import { appended, Names, takeOut } from './names.ts'
import { sizeOf } from './size-of.ts'

/** A hash: fields with texts, in places from 0 on. */
export class Fields implements Collection {
  readonly type = 'hash'
  chars = 0
  revision = 0
  #textBytes = 0
  readonly #names = new Names()
  #values: string[] = []

  constructor(pairs: Iterable<readonly [string, string]> = []) {
    for (const [field, value] of pairs) this.set(field, value)
  }

  get size(): number {
    return this.#values.length
  }

  get bytes(): number {
    return 220 + this.#names.bytes + 8 * this.size + this.#textBytes
  }

  /** Names in the order of their places; not to be changed. */
  get names(): readonly string[] {
    return this.#names.list
  }

  /** Texts in the order of their places; not to be changed. */
  get values(): readonly string[] {
    return this.#values
  }

  get(field: string): string | undefined {
    const place = this.#names.placeOf(field)
    return place < 0 ? undefined : this.#values[place]
  }

  has(field: string): boolean {
    return this.#names.placeOf(field) >= 0
  }

  /** What is in the place, which must be one of the hash. */
  at(place: number): [field: string, value: string] {
    return [this.names[place] ?? '', this.#values[place] ?? '']
  }

  set(field: string, value: string): void {
    const place = this.#names.placeOf(field)
    if (place < 0) {
      this.#names.add(field)
      this.#values = appended(this.#values, value)
    } else {
      this.#count(field, this.#values[place] ?? '', -1)
      this.#values[place] = value
    }
    this.#count(field, value, 1)
  }

  /** Answers whether the field existed. */
  delete(field: string): boolean {
    const place = this.#names.placeOf(field)
    if (place < 0) return false
    this.#count(field, this.#values[place] ?? '', -1)
    this.#names.remove(place)
    takeOut(this.#values, place)
    return true
  }

  dump(start: number = 0, end: number = this.size): [string, string][] {
    return this.names.slice(start, end).map((_, place) => this.at(start + place))
  }

  #count(field: string, value: string, change: 1 | -1): void {
    this.chars += change * (field.length + value.length)
    this.#textBytes += change * (sizeOf(field) + sizeOf(value))
    this.revision++
  }
}
