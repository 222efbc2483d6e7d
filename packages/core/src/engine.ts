import { CacheError, type Driver, type Invalidation, keysOf } from '@jcache/driver'
import { Copies } from './copies.ts'
import type { ReadyOptions } from './options.ts'
import type { Plan } from './plan.ts'
import { Reader } from './reader.ts'
import { Tier } from './tier.ts'
import type { Trace } from './trace.ts'
import { Writer } from './writer.ts'

/** How long near copies live when nobody tells of changes made elsewhere, in milliseconds. */
const UNTOLD_NEAR_TTL = 5_000

/** The tiers of one client in their roles, and every call's way through them. */
export class Engine {
  readonly tiers: readonly Tier[]
  readonly truth: Tier
  readonly copies: Copies
  readonly options: ReadyOptions
  readonly #reader: Reader
  readonly #writer: Writer
  readonly #unsubscribe: (() => void) | undefined
  #closed: Promise<void> | undefined

  constructor(drivers: readonly Driver<unknown>[], options: ReadyOptions) {
    const at = truthAt(drivers)
    this.options = options
    this.tiers = drivers.map(
      (driver, index) => new Tier(driver, index < at ? 'near' : index > at ? 'backup' : 'truth', options),
    )
    this.truth = this.tiers[at] as Tier
    const { invalidations } = this.truth
    this.copies = new Copies(this.tiers.slice(0, at), this.tiers.slice(at + 1), {
      ...options,
      nearTtl: options.nearTtl ?? (invalidations ? Number.POSITIVE_INFINITY : UNTOLD_NEAR_TTL),
    })
    this.#reader = new Reader(this.truth, this.copies, options.entryLimit)
    this.#writer = new Writer(this.truth, this.copies, options.now)
    if (invalidations) {
      this.copies.live = false
      this.#unsubscribe = invalidations((invalidation) => this.#invalidated(invalidation))
    }
  }

  /** Runs one command as `run` does, and tells `onEvent` where there is one. */
  call(plan: Plan, given: readonly unknown[]): unknown {
    const { onEvent } = this.options
    if (!onEvent) return this.run(plan, given)
    const start = performance.now()
    let from = this.truth
    let at = ''
    const tell = (answer: unknown) => {
      onEvent({ kind: 'answer', command: plan.name, key: at, tier: from.name, ms: performance.now() - start })
      return answer
    }
    const answer = this.run(plan, given, (tier, key) => {
      from = tier
      at = key
    })
    return answer instanceof Promise ? answer.then(tell) : tell(answer)
  }

  /** Runs one command with arguments as callers pass them; answers at once where a local tier can. */
  run(plan: Plan, given: readonly unknown[], trace?: Trace): unknown {
    if (this.#closed) throw new CacheError('CLOSED', `${plan.name}: the client is closed`)
    const args = plan.check(given)
    switch (plan.route) {
      case 'one':
        return this.#reader.one(plan, args, trace)
      case 'each':
        return this.#reader.each(plan, args as string[], trace)
      case 'all':
        return this.#reader.all(plan, keysOf(plan.command, args), args, trace)
      case 'truth':
        return this.#reader.truth(plan, args, trace)
      default:
        trace?.(this.truth, String(args[0]))
        return this.#writer.write(plan, args)
    }
  }

  /** Closes every tier; later calls fail with `CLOSED`. */
  close(): Promise<void> {
    this.#closed ??= (async () => {
      this.#unsubscribe?.()
      await Promise.all(this.tiers.map((tier) => tier.close()))
    })()
    return this.#closed
  }

  #invalidated(invalidation: Invalidation): void {
    const { onEvent } = this.options
    switch (invalidation.kind) {
      case 'keys':
        void this.copies.invalidate(invalidation.keys)
        onEvent?.({ kind: 'invalidated', keys: invalidation.keys })
        return
      case 'all':
        this.copies.invalidateAll()
        onEvent?.({ kind: 'invalidated', keys: 'all' })
        return
      default:
        // Only near copies are at stake: backups are asked when truth is away, which is when the stream is lost too.
        this.copies.invalidateAll(this.copies.near)
        this.copies.live = invalidation.kind === 'live'
        onEvent?.({ kind: 'stream', state: invalidation.kind })
    }
  }
}

/** Truth is the farthest shared tier; without a shared one, the farthest tier. */
function truthAt(drivers: readonly Driver<unknown>[]): number {
  const shared = drivers.findLastIndex((driver) => driver.scope === 'shared')
  return shared < 0 ? drivers.length - 1 : shared
}
