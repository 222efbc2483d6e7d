import { CacheError, type Driver, type Invalidation, keysOf } from '@jcache/driver'
import { Copies } from './copies.ts'
import type { Engine, Handlers, Trace } from './engine.ts'
import { type ClientOptions, type ReadyOptions, readyOptions } from './options.ts'
import type { Plan } from './plan.ts'
import { Reader } from './reader.ts'
import { Tier } from './tier.ts'
import { Writer } from './writer.ts'

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
  atHand: Handlers | undefined
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
    this.#copies = new Copies(tiers, invalidations !== undefined, options)
    this.#onEvent = options.onEvent
    this.#reader = new Reader(truth, this.#copies, options.entryLimit)
    this.#writer = new Writer(truth, this.#copies, options)
    this.#unsubscribe = invalidations?.((invalidation) => this.#invalidated(invalidation))
    this.#reach()
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
      this.atHand = undefined
      this.#unsubscribe?.()
      await Promise.all(this.tiers.map((tier) => tier.close()))
    })()
    return this.#closed
  }

  /** Finds what is at hand: nothing while near copies are in doubt, or while every answer is told. */
  #reach(): void {
    const [nearest] = this.tiers
    const open = nearest?.scope === 'local' && (nearest.role === 'truth' || this.#copies.live)
    this.atHand = open && !this.#onEvent && !this.#closed ? nearest.handlers : undefined
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
        this.#reach()
        onEvent?.({ kind: 'stream', state: invalidation.kind })
    }
  }
}
