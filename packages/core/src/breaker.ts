export interface BreakerLimits {
  /** Failures in a row that open it. */
  readonly failures: number
  /** Milliseconds that it stays open. */
  readonly pause: number
  /** Milliseconds that a call may take. */
  readonly deadline: number
  readonly now: () => number
}

/** Leaves a tier alone after consecutive failures: open for a pause, then half-open with a single probe. */
export class Breaker {
  readonly #limits: BreakerLimits
  #failures = 0
  #nextAt = 0

  constructor(limits: BreakerLimits) {
    this.#limits = limits
  }

  get open(): boolean {
    return this.#failures >= this.#limits.failures
  }

  /**
   * Whether a call may be tried now. After the pause one caller gets through, the others when that has succeeded. A probe
   * that has no answer within the deadline, since it is ready to wait, holds up the next one no longer.
   */
  allows(): boolean {
    if (!this.open) return true
    const { pause, deadline } = this.#limits
    const now = this.#limits.now()
    if (now < this.#nextAt) return false
    this.#nextAt = now + Math.max(pause, deadline)
    return true
  }

  succeeded(): void {
    this.#failures = 0
  }

  failed(): void {
    this.#failures++
    if (this.open) this.#nextAt = this.#limits.now() + this.#limits.pause
  }
}
