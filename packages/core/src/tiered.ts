import { CacheError, type Driver, type Invalidation, keysOf } from '@jcache/driver'
import { Copies } from './copies.ts'
import type { Engine, Trace } from './engine.ts'
import { type ClientOptions, type ReadyOptions, readyOptions } from './options.ts'
import type { Plan } from './plan.ts'
import { Reader } from './reader.ts'
import { Tier } from './tier.ts'
import { Writer } from './writer.ts'

/** How long near copies live when nobody tells of changes made elsewhere, in milliseconds. */
const UNTOLD_NEAR_TTL = 5_000

/**
 * Tiers put together, nearest first. Truth is the farthest shared tier, without a shared one the farthest.
 *
 * @throws CacheError `INVALID_ARGUMENT` without tiers or for a wrong option.
 */
export function tiered(drivers: readonly Driver<unknown>[], options: ClientOptions = {}): Engine {
  const at = drivers.findLastIndex((driver) => driver.scope === 'shared')
  const truth = at < 0 ? drivers.length - 1 : at
  const ready = readyOptions(options)
  const [first, ...rest] = drivers.map(
    (driver, index) => new Tier(driver, index < truth ? 'near' : index > truth ? 'backup' : 'truth', ready),
  )
  if (!first) throw new CacheError('INVALID_ARGUMENT', 'a client needs at least one tier, such as memory()')
  return new Tiered([first, ...rest], ready)
}

/** The tiers of one client in their roles, and every call's way through them. */
class Tiered implements Engine {
  readonly tiers: readonly Tier[]
  readonly #truth: Tier
  readonly #copies: Copies
  readonly #onEvent: ReadyOptions['onEvent']
  readonly #reader: Reader
  readonly #writer: Writer
  readonly #unsubscribe: (() => void) | undefined
  #closed: Promise<void> | undefined

  constructor(tiers: readonly [Tier, ...Tier[]], options: ReadyOptions) {
    const truth = tiers.find((tier) => tier.role === 'truth') ?? tiers[0]
    const { invalidations } = truth
    this.tiers = tiers
    this.#truth = truth
    this.#copies = new Copies(
      tiers.filter((tier) => tier.role === 'near'),
      tiers.filter((tier) => tier.role === 'backup'),
      {
        ...options,
        nearTtl: options.nearTtl ?? (invalidations ? Number.POSITIVE_INFINITY : UNTOLD_NEAR_TTL),
      },
    )
    this.#onEvent = options.onEvent
    this.#reader = new Reader(truth, this.#copies, options.entryLimit)
    this.#writer = new Writer(truth, this.#copies, options.now)
    if (invalidations) {
      this.#copies.live = false
      this.#unsubscribe = invalidations((invalidation) => this.#invalidated(invalidation))
    }
  }

  offers(name: string): boolean {
    return name in this.#truth.handlers
  }

  run(plan: Plan, args: readonly unknown[], trace?: Trace): unknown {
    if (this.#closed) throw new CacheError('CLOSED', `${plan.name}: the client is closed`)
    if (this.#onEvent && !trace) return this.#told(plan, args, this.#onEvent)
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
        trace?.(this.#truth, String(args[0]))
        return this.#writer.write(plan, args)
    }
  }

  peek(key: string): unknown {
    const [nearest] = this.tiers
    const known =
      nearest?.scope === 'local' &&
      (nearest.role === 'truth' || (this.#copies.usable(nearest) && nearest.entries?.holds(key)))
    return known ? nearest.handlers['get']?.(key) : undefined
  }

  /** Closes every tier; later calls fail with `CLOSED`. */
  close(): Promise<void> {
    this.#closed ??= (async () => {
      this.#unsubscribe?.()
      await Promise.all(this.tiers.map((tier) => tier.close()))
    })()
    return this.#closed
  }

  /** Runs the command and tells which tier answered and how soon. */
  #told(plan: Plan, args: readonly unknown[], onEvent: NonNullable<ReadyOptions['onEvent']>): unknown {
    const start = performance.now()
    let tier = this.#truth.name
    let key = ''
    const tell = (answer: unknown) => {
      onEvent({ kind: 'answer', command: plan.name, key, tier, ms: performance.now() - start })
      return answer
    }
    const answer = this.run(plan, args, (from, of) => {
      tier = from.name
      key = of
    })
    return answer instanceof Promise ? answer.then(tell) : tell(answer)
  }

  #invalidated(invalidation: Invalidation): void {
    const onEvent = this.#onEvent
    switch (invalidation.kind) {
      case 'keys':
        void this.#copies.invalidate(invalidation.keys)
        onEvent?.({ kind: 'invalidated', keys: invalidation.keys })
        return
      case 'all':
        this.#copies.invalidateAll()
        onEvent?.({ kind: 'invalidated', keys: 'all' })
        return
      default:
        // Only near copies are at stake: backups are asked when truth is away, which is when the stream is lost too.
        this.#copies.invalidateAll(this.#copies.near)
        this.#copies.live = invalidation.kind === 'live'
        onEvent?.({ kind: 'stream', state: invalidation.kind })
    }
  }
}
