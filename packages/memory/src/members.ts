import type { Collection } from './collection.ts'
import { Names } from './names.ts'
import { sizeOf } from './size-of.ts'

/** A set: members in places from 0 on. */
export class Members implements Collection {
  readonly type = 'set'
  chars = 0
  revision = 0
  #textBytes = 0
  readonly #names = new Names()

  constructor(members: Iterable<string> = []) {
    for (const member of members) this.add(member)
  }

  get size(): number {
    return this.#names.size
  }

  get bytes(): number {
    return 160 + this.#names.bytes + this.#textBytes
  }

  /** In the order of their places; not to be changed. */
  get list(): readonly string[] {
    return this.#names.list
  }

  has(member: string): boolean {
    return this.#names.placeOf(member) >= 0
  }

  /** Answers whether the member is new. */
  add(member: string): boolean {
    const isNew = !this.has(member)
    if (isNew) {
      this.#names.add(member)
      this.#count(member, 1)
    }
    return isNew
  }

  /** Answers whether the member existed. */
  delete(member: string): boolean {
    const place = this.#names.placeOf(member)
    if (place < 0) return false
    this.take(place)
    return true
  }

  /** Removes the member in that place, and answers it. */
  take(place: number): string {
    const member = this.list[place] ?? ''
    this.#names.remove(place)
    this.#count(member, -1)
    return member
  }

  dump(start?: number, end?: number): string[] {
    return this.list.slice(start, end)
  }

  #count(member: string, change: 1 | -1): void {
    this.chars += change * member.length
    this.#textBytes += change * sizeOf(member)
    this.revision++
  }
}
