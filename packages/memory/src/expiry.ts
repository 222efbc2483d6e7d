/** When each slot expires, and the one timer that clears out what has. For now it looks at every slot. */
export class Expiry {
  /** Unix milliseconds by slot, 0 for never. */
  at: Float64Array = new Float64Array(16)

  readonly #now: () => number
  readonly #due: (slot: number) => void
  #count = 0
  #timer: Timer | undefined

  constructor(now: () => number, due: (slot: number) => void) {
    this.#now = now
    this.#due = due
  }

  grow(capacity: number): void {
    const at = new Float64Array(capacity)
    at.set(this.at)
    this.at = at
  }

  set(slot: number, at: number): void {
    const before = this.at[slot]
    this.at[slot] = at
    this.#count += (at ? 1 : 0) - (before ? 1 : 0)
    if (this.#count === 0) this.stop()
    else if (this.#timer === undefined) {
      this.#timer = setTimeout(() => this.#sweep(), 100)
      this.#timer.unref?.()
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #sweep(): void {
    this.#timer = undefined
    const now = this.#now()
    for (const [slot, at] of this.at.entries()) if (at !== 0 && at <= now) this.#due(slot)
    const next = this.at.findIndex((at) => at !== 0)
    if (next >= 0) this.set(next, this.at[next] ?? 0)
  }
}

// A timer keeps a Node process alive unless told not to; elsewhere it is a number.
type Timer = { unref?(): void }
declare function setTimeout(run: () => void, ms: number): Timer
declare function clearTimeout(timer: Timer | undefined): void
