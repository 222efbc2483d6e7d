/** Leaves a tier alone after consecutive failures: open for a pause, then half-open with a single probe. */
export class Breaker {
  readonly #limit: number
  readonly #pause: number
  readonly #now: () => number
  #failures = 0
  #closedAgainAt = 0

  /** Opens after `limit` failures in a row, for `pause` milliseconds. */
  constructor(limit: number, pause: number, now: () => number) {
    this.#limit = limit
    this.#pause = pause
    this.#now = now
  }

  get open(): boolean {
    return this.#failures >= this.#limit
  }

  /** Whether a call may be tried now. After the pause one caller gets through, the others only when it has succeeded. */
  allows(): boolean {
    if (!this.open) return true
    const now = this.#now()
    if (now < this.#closedAgainAt) return false
    this.#closedAgainAt = now + this.#pause
    return true
  }

  succeeded(): void {
    this.#failures = 0
  }

  failed(): void {
    this.#failures++
    if (this.open) this.#closedAgainAt = this.#now() + this.#pause
  }
}
