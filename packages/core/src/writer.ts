import { keysOf } from '@jcache/driver'
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
  readonly #now: () => number

  constructor(truth: Tier, copies: Copies, now: () => number) {
    this.#truth = truth
    this.#copies = copies
    this.#now = now
  }

  async write(plan: Plan, args: readonly unknown[]): Promise<unknown> {
    const { fences, near, backups } = this.#copies
    const handler = this.#truth.handlers[plan.name]
    const act = () => handler?.(...args)
    if (!this.#copies.any) return this.#truth.ask(plan.name, act, waitOf(plan, args))

    const entries = this.#copies.replaceable ? carried(plan.name, args, this.#now()) : []
    const kept = [...new Map(entries)].map(([key, entry]) => ({ key, entry, fence: fences.open(key) }))
    let keys = keysOf(plan.command, args)
    try {
      const reply = await this.#truth.ask(plan.name, act, waitOf(plan, args))
      // A fence that no longer stands tells of another write or fetch meanwhile: which of them came last is not known.
      const standing = kept.filter(({ key, fence }) => fences.stands(key, fence))
      for (const { key, entry, fence } of standing) {
        for (const tier of [...near, ...backups]) this.#copies.store(tier, key, entry, fence)
      }
      const replaced = new Set(standing.map(({ key }) => key))
      keys = keys.filter((key) => !replaced.has(key))
      return reply
    } finally {
      for (const { key, fence } of kept) if (!keys.includes(key)) fences.close(key, fence)
      await this.#copies.invalidate(keys)
    }
  }
}

/** How much longer than usual an answer may take: as long as the caller is ready to wait. */
function waitOf({ command }: Plan, args: readonly unknown[]): number {
  if (command.mode !== 'block') return 0
  const timeout = Number(args[command.args.indexOf('timeout')])
  return timeout === 0 || Number.isNaN(timeout) ? Number.POSITIVE_INFINITY : timeout
}
