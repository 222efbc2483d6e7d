import { isUnavailable, keysOf } from '@jcache/driver'
import { carried } from './carried.ts'
import type { Copies } from './copies.ts'
import type { Plan } from './plan.ts'
import type { Tier } from './tier.ts'

/**
 * Writes over tiers. Truth alone decides, and its answer is the answer. Only then are the copies of the touched keys
 * dropped, or replaced where the write carries the whole value; also after a failure, since a write without an answer may
 * still have happened. When the call resolves, this process reads nothing older than the write.
 */
export class Writer {
  readonly #truth: Tier
  readonly #copies: Copies
  readonly #limits: WriterLimits

  constructor(truth: Tier, copies: Copies, limits: WriterLimits) {
    this.#truth = truth
    this.#copies = copies
    this.#limits = limits
  }

  async write(plan: Plan, args: readonly unknown[]): Promise<unknown> {
    const copies = this.#copies
    const { fences } = copies
    let sent = false
    let answer: unknown
    const act = () => {
      sent = true
      answer = this.#truth.handlers[plan.name]?.(...args)
      return answer
    }
    if (!copies.any) return this.#truth.ask(plan.name, act, waitOf(plan, args))

    const entries = copies.replaceable ? carried(plan.name, args, this.#limits.now()) : []
    const asked = this.#truth.ask(plan.name, act, waitOf(plan, args))
    // Opened when the call was sent: truth may tell of it as it is.
    const kept = [...new Map(entries)]
      .filter(([, { value }]) => value.length <= this.#limits.entryLimit)
      .map(([key, entry]) => ({ key, entry, fence: fences.open(key) }))
    const touched = keysOf(plan.command, args)
    let keys = touched
    const drop = () => (touched.length ? copies.invalidate(keys, 'written') : copies.invalidateAll('written'))
    try {
      const reply = await asked
      // A fence that no longer stands tells of another write or fetch meanwhile: which of them came last is not known.
      const standing = kept.filter(({ key, fence }) => reply !== false && fences.stands(key, fence))
      for (const { key, entry, fence } of standing) {
        for (const tier of [...copies.near, ...copies.backups]) copies.store(tier, key, entry, fence)
      }
      const replaced = new Set(standing.map(({ key }) => key))
      keys = keys.filter((key) => !replaced.has(key))
      return reply
    } catch (error) {
      // It may still happen, until the tier answers after all: then what was copied meanwhile is dropped too.
      if (sent && isUnavailable(error)) Promise.resolve(answer).then(drop, drop)
      throw error
    } finally {
      for (const { key, fence } of kept) fences.close(key, fence)
      if (sent) await drop()
    }
  }
}

export interface WriterLimits {
  /** The largest entry that is copied, in characters. */
  readonly entryLimit: number
  readonly now: () => number
}

/** How much longer than usual an answer may take: as long as the caller is ready to wait. */
function waitOf({ command }: Plan, args: readonly unknown[]): number {
  if (command.mode !== 'block') return 0
  const timeout = Number(args[command.args.indexOf('timeout')])
  return timeout === 0 || Number.isNaN(timeout) ? Number.POSITIVE_INFINITY : timeout
}
