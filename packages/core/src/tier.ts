import { CacheError, codeOf, type Driver, type Entries, isUnavailable, type Scope } from '@jcache/driver'
import { after } from './after.ts'
import { Breaker } from './breaker.ts'
import { Deadlines } from './deadlines.ts'
import type { Handlers, Role, TierInfo } from './engine.ts'

/** The limits that calls to a shared tier keep. */
export interface TierLimits {
  /** Milliseconds. */
  readonly deadline: number
  /** Failures in a row before the tier is left alone. */
  readonly failures: number
  /** Milliseconds that it is left alone. */
  readonly pause: number
  readonly now: () => number
}

/** A driver in its place: asked at once when local, under deadline and breaker when shared. */
export class Tier implements TierInfo {
  readonly name: string
  readonly scope: Scope
  readonly role: Role
  readonly entries: Entries | undefined
  readonly handlers: Handlers
  /** Whether what it answers may be older than is otherwise promised. */
  stale: boolean
  readonly #driver: Driver<unknown>
  readonly #limits: TierLimits
  readonly #breaker: Breaker
  readonly #deadlines: Deadlines
  /** What ends the calls that are ready to wait longer than others. */
  readonly #patient = new Set<(error: Error) => void>()

  constructor(driver: Driver<unknown>, role: Role, limits: TierLimits) {
    this.#driver = driver
    this.name = driver.name
    this.scope = driver.scope
    this.role = role
    this.stale = role === 'backup'
    this.entries = driver.entries
    // Asked by name: which commands there are is the driver's word.
    this.handlers = driver.commands as unknown as Handlers
    this.#limits = limits
    this.#breaker = new Breaker(limits)
    this.#deadlines = new Deadlines(limits.deadline, (what) => this.#late(what, limits.deadline))
  }

  get invalidations(): Driver['invalidations'] {
    return this.#driver.invalidations
  }

  /**
   * What the tier answers within the deadline, `wait` milliseconds later than usual for commands that block.
   * Rejects with `UNAVAILABLE` or `TIMEOUT` where it cannot be asked; what is no CacheError is wrapped as `UNAVAILABLE`.
   */
  ask<Reply>(what: string, call: () => Reply | Promise<Reply>, wait = 0): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.scope === 'local') {
        resolve(call())
        return
      }
      if (!this.#breaker.allows()) {
        const why = `${this.name} is left alone after ${this.#limits.failures} failures in a row (${what})`
        reject(new CacheError('UNAVAILABLE', why))
        return
      }
      const failed = (cause: unknown) => reject(this.#failed(what, cause))
      try {
        const answer = call()
        if (!('then' in Object(answer))) {
          // At once: there is nothing to wait for.
          this.#breaker.succeeded()
          resolve(answer)
          return
        }
        const over = this.#wait(what, wait, failed)
        // By `then` and not by `await`, which would cost each answer two more turns.
        Promise.resolve(answer).then(
          (reply) => {
            if (!over()) return
            this.#breaker.succeeded()
            resolve(reply)
          },
          (cause: unknown) => {
            if (over()) failed(cause)
          },
        )
      } catch (cause) {
        failed(cause)
      }
    })
  }

  /** Closes the driver, within the deadline; calls that wait for an answer then fail with `CLOSED`. */
  async close(): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        const over = this.#wait('close', 0, reject)
        Promise.resolve(this.#driver.close?.()).then(resolve, reject).finally(over)
      })
    } finally {
      const error = new CacheError('CLOSED', `${this.name} was closed before it answered`)
      this.#deadlines.endAll(error)
      for (const fail of this.#patient) {
        this.#patient.delete(fail)
        fail(error)
      }
    }
  }

  /** Fails the call when it has waited too long; answers what says that it is over, and tells whether it still waited. */
  #wait(what: string, wait: number, fail: (error: Error) => void): () => boolean {
    if (!wait) {
      const call = this.#deadlines.begin(what, fail)
      return () => this.#deadlines.end(call)
    }
    const ms = this.#limits.deadline + wait
    let cancel: (() => void) | undefined
    const over = () => {
      cancel?.()
      return this.#patient.delete(fail)
    }
    this.#patient.add(fail)
    if (ms !== Number.POSITIVE_INFINITY) cancel = after(ms, () => over() && fail(this.#late(what, ms)))
    return over
  }

  #late(what: string, ms: number): CacheError {
    return new CacheError('TIMEOUT', `${this.name} did not answer within ${ms} ms: ${what}`)
  }

  /** The error as callers get it; the breaker learns of it. */
  #failed(what: string, cause: unknown): unknown {
    const error = codeOf(cause)
      ? cause
      : new CacheError('UNAVAILABLE', `${this.name} failed: ${what}`, { cause })
    if (isUnavailable(error)) this.#breaker.failed()
    // What the caller ended tells nothing about the tier.
    else if (codeOf(error) !== 'ABORTED') this.#breaker.succeeded()
    return error
  }
}
