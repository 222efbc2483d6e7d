import type { Collection } from './collection.ts'
import { sizeOf } from './size-of.ts'

/** The least capacity. */
const LEAST = 4
const EMPTY_BYTES = 128
/** What a value costs beside its text: its place, with the room to grow that a place has on average. */
const PLACE_BYTES = 12

/**
 * A list: values in a ring whose capacity is a power of two, so that both ends and every index are O(1)
 * and a range is one or two copies of adjoining places. It shrinks when it is emptied to a quarter.
 * Indexes count from the head, from 0, and must lie within the list.
 */
export class Deque implements Collection {
  readonly type = 'list'
  size = 0
  chars = 0
  bytes: number = EMPTY_BYTES
  revision = 0

  // Places without a value hold '', so that the array has no holes and V8 keeps it packed.
  #ring: string[] = []
  #head = 0

  constructor(values: readonly string[] = []) {
    for (const value of values) this.pushTail(value)
  }

  /** Adds before the first value. O(1) amortised. */
  pushHead(value: string): void {
    this.#grow(value)
    this.#head = this.#place(-1)
    this.#ring[this.#head] = value
  }

  /** Adds behind the last value. O(1) amortised. */
  pushTail(value: string): void {
    this.#grow(value)
    this.#ring[this.#place(this.size - 1)] = value
  }

  /** Takes the first value, undefined where there is none. O(1) amortised. */
  popHead(): string | undefined {
    if (this.size === 0) return undefined
    const place = this.#head
    this.#head = this.#place(1)
    return this.#take(place)
  }

  /** Takes the last value, undefined where there is none. O(1) amortised. */
  popTail(): string | undefined {
    return this.size === 0 ? undefined : this.#take(this.#place(this.size - 1))
  }

  /** The value at the index, undefined outside of the list. O(1). */
  at(index: number): string | undefined {
    return index >= 0 && index < this.size ? this.#ring[this.#place(index)] : undefined
  }

  /** Replaces the value at the index. O(1). */
  set(index: number, value: string): void {
    const place = this.#place(index)
    this.#count(this.#ring[place] ?? '', -1)
    this.#count(value, 1)
    this.#ring[place] = value
  }

  /** Puts the value before the one at the index, or last at `size`. O(n) to the nearer end. */
  insert(index: number, value: string): void {
    if (index < this.size / 2) {
      this.pushHead(value)
      for (let at = 0; at < index; at++) this.#move(at + 1, at)
    } else {
      this.pushTail(value)
      for (let at = this.size - 1; at > index; at--) this.#move(at - 1, at)
    }
    this.#ring[this.#place(index)] = value
  }

  /** Removes values that equal this one, up to so many, from the head on or from the tail back; answers how many. O(n) for n looked at. */
  remove(value: string, most: number, fromTail: boolean): number {
    const last = this.size - 1
    const placeOf = (step: number) => this.#place(fromTail ? last - step : step)
    let found = 0
    let end = 0
    while (end <= last && found < most) if (this.#ring[placeOf(end++)] === value) found++
    // What stays of the values looked at moves up to the others, and the end that is left over is taken off.
    let to = end
    for (let step = end - 1; step >= 0; step--) {
      const each = this.#ring[placeOf(step)] ?? ''
      if (each !== value) this.#ring[placeOf(--to)] = each
    }
    for (let step = 0; step < to; step++) this.#ring[placeOf(step)] = value
    for (let step = 0; step < found; step++) fromTail ? this.popTail() : this.popHead()
    return found
  }

  /** Keeps only the values from start up to, but not including, end. O(n) for n values removed, or kept where these are fewer. */
  trim(start: number, end: number): void {
    const kept = Math.max(end - start, 0)
    if (kept === this.size) return
    if (kept < this.size / 2) {
      const values = this.range(start, end)
      this.size = this.chars = this.#head = 0
      this.bytes = EMPTY_BYTES
      this.#ring = []
      this.revision++
      for (const value of values) this.pushTail(value)
    } else {
      while (this.size > end) this.popTail()
      while (this.size > kept) this.popHead()
    }
  }

  /** The values from start up to, but not including, end. O(n) for n values answered. */
  range(start: number, end: number): string[] {
    if (start >= end) return []
    const from = this.#place(start)
    const to = from + end - start
    const ring = this.#ring
    return to <= ring.length ? ring.slice(from, to) : ring.slice(from).concat(ring.slice(0, to - ring.length))
  }

  dump(start: number = 0, end: number = this.size): string[] {
    return this.range(start, end)
  }

  #place(index: number): number {
    return (this.#head + index) & (this.#ring.length - 1)
  }

  #move(from: number, to: number): void {
    this.#ring[this.#place(to)] = this.#ring[this.#place(from)] ?? ''
  }

  #grow(value: string): void {
    if (this.size === this.#ring.length) {
      // The concatenation has the exact length; pushing would leave room for 16 more.
      const ring = this.dump()
      this.#ring = this.size ? ring.concat(ring).fill('', this.size) : ['', '', '', '']
      this.#head = 0
    }
    this.#count(value, 1)
  }

  #take(place: number): string {
    const value = this.#ring[place] ?? ''
    this.#ring[place] = ''
    this.#count(value, -1)
    const capacity = this.#ring.length / 2
    if (this.size < capacity / 2 && capacity >= LEAST) {
      // Behind the values lie empty places.
      this.#ring = this.range(0, capacity)
      this.#head = 0
    }
    return value
  }

  #count(value: string, change: 1 | -1): void {
    this.size += change
    this.chars += change * value.length
    this.bytes += change * (PLACE_BYTES + sizeOf(value))
    this.revision++
  }
}
