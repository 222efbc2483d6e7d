import { after } from './after.ts'

/** Milliseconds that a timer may be late without a cause. */
const BUSY = 5

/** A call that waits for its answer. */
export interface Waiting {
  /** When it has waited for too long, by the monotonic clock. */
  readonly until: number
  /** Ends it with an error. */
  readonly fail: (error: Error) => void
  /** What its caller calls it. */
  readonly what: string
}

/**
 * The calls to one tier that wait, each for the same bounded time. So they are late in the order in which they began, and
 * one timer does for all.
 */
export class Deadlines {
  readonly #ms: number
  readonly #late: (what: string) => Error
  readonly #calls = new Set<Waiting>()
  #disarm: (() => void) | undefined

  /** `late` tells what it means to have waited for longer than `ms`. */
  constructor(ms: number, late: (what: string) => Error) {
    this.#ms = ms
    this.#late = late
  }

  begin(what: string, fail: (error: Error) => void): Waiting {
    const call = { until: performance.now() + this.#ms, fail, what }
    this.#calls.add(call)
    if (!this.#disarm) this.#arm(this.#ms)
    return call
  }

  /** The call is over; answers whether it still waited. */
  end(call: Waiting): boolean {
    return this.#calls.delete(call)
  }

  /** Ends all of them with the error. */
  endAll(error: Error): void {
    this.#disarm?.()
    this.#disarm = undefined
    for (const call of this.#calls) {
      this.#calls.delete(call)
      call.fail(error)
    }
  }

  #arm(left: number): void {
    const due = performance.now() + left
    this.#disarm = after(left, () => {
      // A timer that comes late tells that this process was busy: answers that arrived meanwhile are read first.
      if (performance.now() - due > BUSY) afterInput(() => this.#check())
      else this.#check()
    })
  }

  #check(): void {
    this.#disarm = undefined
    const now = performance.now()
    for (const call of this.#calls) {
      if (call.until > now) {
        this.#arm(call.until - now)
        return
      }
      this.#calls.delete(call)
      call.fail(this.#late(call.what))
    }
  }
}

/** Calls back when what has arrived was read, where the runtime can tell. */
function afterInput(callback: () => void): void {
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown }
  if (setImmediate) setImmediate(callback)
  else callback()
}
