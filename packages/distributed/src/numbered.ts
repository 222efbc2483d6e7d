const LEAST = 64

/**
 * Values by numbers that grow, each kept for a short time. A Map would do, but for V8: a Map where things come and go makes
 * itself anew now and then, and once it has grown old, what it was before holds what it is now and everything in it, until the
 * whole heap is collected. The garbage collector took more time for that than all writes together.
 */
export class Numbered<Value> {
  /** A ring: a number stands at its remainder. */
  #slots: (Value | undefined)[] = new Array(LEAST).fill(undefined)
  /** The numbers in the ring are from this one to below the other. */
  #first = 0
  #end = 0
  #inRing = 0
  /** Those that stayed behind when the others went on. */
  readonly #slow = new Map<number, Value>()

  get size(): number {
    return this.#inRing + this.#slow.size
  }

  /** The lowest number, if numbers were added as they grow. */
  get least(): number | undefined {
    if (this.#slow.size > 0) for (const number of this.#slow.keys()) return number
    return this.#inRing > 0 ? this.#first : undefined
  }

  get(number: number): Value | undefined {
    if (number < this.#first) return this.#slow.get(number)
    return number < this.#end ? this.#slots[this.#place(number)] : undefined
  }

  /** O(1), all in all. */
  set(number: number, value: Value): void {
    if (number < this.#first) {
      this.#slow.set(number, value)
      return
    }
    while (this.#inRing > 0 && number - this.#first >= this.#slots.length) this.#makeRoom()
    if (this.#inRing === 0) this.#first = number
    const place = this.#place(number)
    if (this.#slots[place] === undefined) this.#inRing++
    this.#slots[place] = value
    this.#end = Math.max(this.#end, number + 1)
  }

  delete(number: number): void {
    if (number < this.#first) {
      this.#slow.delete(number)
      return
    }
    const place = this.#place(number)
    if (number >= this.#end || this.#slots[place] === undefined) return
    this.#slots[place] = undefined
    this.#inRing--
    this.#skip()
  }

  entries(): (readonly [number, Value])[] {
    const found: (readonly [number, Value])[] = [...this.#slow]
    for (let number = this.#first; number < this.#end; number++) {
      const value = this.#slots[this.#place(number)]
      if (value !== undefined) found.push([number, value])
    }
    return found
  }

  values(): Value[] {
    return this.entries().map(([, value]) => value)
  }

  #place(number: number): number {
    return number & (this.#slots.length - 1)
  }

  /** Makes the ring larger where it is well filled, else leaves the first behind. */
  #makeRoom(): void {
    if (this.#inRing * 2 > this.#slots.length) {
      const all = this.entries().slice(this.#slow.size)
      this.#slots = new Array(this.#slots.length * 2).fill(undefined)
      for (const [number, value] of all) this.#slots[this.#place(number)] = value
      return
    }
    const place = this.#place(this.#first)
    const value = this.#slots[place]
    if (value !== undefined) {
      this.#slow.set(this.#first, value)
      this.#slots[place] = undefined
      this.#inRing--
    }
    this.#skip()
  }

  /** Goes on to the first that is there. */
  #skip(): void {
    while (this.#first < this.#end && this.#slots[this.#place(this.#first)] === undefined) this.#first++
  }
}
