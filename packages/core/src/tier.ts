import { CacheError, codeOf, type Driver, type Entries, isUnavailable, type Scope } from '@jcache/driver'
import { after } from './after.ts'
import { Breaker } from './breaker.ts'
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
  /** What ends the calls that wait for an answer. */
  readonly #pending = new Set<(error: CacheError) => void>()

  constructor(driver: Driver<unknown>, role: Role, limits: TierLimits) {
    this.#driver = driver
    this.name = driver.name
    this.scope = driver.scope
    this.role = role
    this.stale = role === 'backup'
    this.entries = driver.entries
    this.handlers = driver.commands as unknown as Handlers
    this.#limits = limits
    this.#breaker = new Breaker(limits)
  }

  get invalidations(): Driver['invalidations'] {
    return this.#driver.invalidations
  }

  /**
   * What the tier answers within the deadline, `wait` milliseconds later than usual for commands that block.
   * Throws `UNAVAILABLE` or `TIMEOUT` where it cannot be asked; what is no CacheError is wrapped as `UNAVAILABLE`.
   */
  async ask<Reply>(what: string, call: () => Reply | Promise<Reply>, wait = 0): Promise<Reply> {
    if (this.scope === 'local') return call()
    if (!this.#breaker.allows()) {
      throw new CacheError(
        'UNAVAILABLE',
        `${this.name} is left alone after ${this.#limits.failures} failures in a row (${what})`,
      )
    }
    try {
      const reply = await this.#within(what, call(), this.#limits.deadline + wait)
      this.#breaker.succeeded()
      return reply
    } catch (cause) {
      const error = codeOf(cause)
        ? cause
        : new CacheError('UNAVAILABLE', `${this.name} failed: ${what}`, { cause })
      if (isUnavailable(error)) this.#breaker.failed()
      // What the caller ended tells nothing about the tier.
      else if (codeOf(error) !== 'ABORTED') this.#breaker.succeeded()
      throw error
    }
  }

  /** Closes the driver, within the deadline; calls that wait for an answer then fail with `CLOSED`. */
  async close(): Promise<void> {
    try {
      await this.#within('close', this.#driver.close?.(), this.#limits.deadline)
    } finally {
      for (const end of this.#pending)
        end(new CacheError('CLOSED', `${this.name} was closed before it answered`))
    }
  }

  async #within<Reply>(what: string, answer: Reply | Promise<Reply>, ms: number): Promise<Reply> {
    let over = () => {}
    try {
      return await new Promise<Reply>((resolve, reject) => {
        const late = () =>
          reject(new CacheError('TIMEOUT', `${this.name} did not answer within ${ms} ms: ${what}`))
        const cancel = ms === Number.POSITIVE_INFINITY ? undefined : after(ms, late)
        over = () => {
          cancel?.()
          this.#pending.delete(reject)
        }
        this.#pending.add(reject)
        Promise.resolve(answer).then(resolve, reject)
      })
    } finally {
      over()
    }
  }
}
