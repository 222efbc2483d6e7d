/** A call that waits. */
export interface Waiting {
  /** When it has waited for too long, by the monotonic clock. */
  readonly until: number
  /** Ends it with an error. */
  fail: (error: Error) => void
  /** Why it was not sent, or not carried out where it was; undefined once its outcome is open. */
  unsent: string | undefined
}

/**
 * The calls that wait, each for the same bounded time. So they are late in the order in which they began,
 * and one timer does for all.
 */
export class Deadlines {
  readonly #ms: number
  readonly #late: (call: Waiting) => Error
  readonly #calls = new Set<Waiting>()
  #timer: NodeJS.Timeout | undefined
  #whenIdle: (() => void) | undefined

  /** `late` tells what it means to have waited for longer than `ms`. */
  constructor(ms: number, late: (call: Waiting) => Error) {
    this.#ms = ms
    this.#late = late
  }

  /** How many wait. */
  get size(): number {
    return this.#calls.size
  }

  begin(fail: (error: Error) => void, unsent?: string): Waiting {
    const call = { until: performance.now() + this.#ms, fail, unsent }
    this.#calls.add(call)
    if (!this.#timer) this.#arm(this.#ms)
    return call
  }

  /** Whether it waits still. */
  has(call: Waiting): boolean {
    return this.#calls.has(call)
  }

  end(call: Waiting): void {
    if (this.#calls.delete(call) && this.#calls.size === 0) this.#whenIdle?.()
  }

  /** Resolves when none waits. */
  async idle(): Promise<void> {
    if (this.#calls.size === 0) return
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve
    })
  }

  #arm(left: number): void {
    // An answer that came while this process was busy is read before the call is given up.
    this.#timer = setTimeout(() => setImmediate(() => this.#check()), left).unref()
  }

  #check(): void {
    this.#timer = undefined
    const now = performance.now()
    for (const call of this.#calls) {
      if (call.until > now) {
        this.#arm(call.until - now)
        return
      }
      this.end(call)
      call.fail(this.#late(call))
    }
  }
}
