import { CacheError, type Driver, type Entry, type Invalidation, keysOf, quietly } from '@jcache/driver'
import { Copies } from './copies.ts'
import type { Engine, Handlers, StreamState, Trace } from './engine.ts'
import { type ClientOptions, type ReadyOptions, readyOptions } from './options.ts'
import type { Plan } from './plan.ts'
import { Reader } from './reader.ts'
import { sourceOf } from './source.ts'
import { Tier } from './tier.ts'
import { Writer } from './writer.ts'

/**
 * Tiers put together, nearest first. Truth is the farthest shared tier, without a shared one the farthest.
 *
 * @throws CacheError `INVALID_ARGUMENT` without tiers or for a wrong option.
 */
export function tiered(drivers: readonly Driver<unknown>[], options: ClientOptions = {}): Engine {
  const valid = drivers?.every?.((driver) => driver?.commands) ? drivers : []
  const shared = valid.findLastIndex((driver) => driver.scope === 'shared')
  const at = shared < 0 ? valid.length - 1 : shared
  const ready = readyOptions(options)
  const tiers = valid.map(
    (driver, index) => new Tier(driver, index < at ? 'near' : index > at ? 'backup' : 'truth', ready),
  )
  const truth = tiers[at]
  if (!truth)
    throw new CacheError(
      'INVALID_ARGUMENT',
      'a client needs its tiers in a list, at least one, as [memory()]',
    )
  return new Tiered(tiers, truth, ready)
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
  #unsubscribe: (() => void) | undefined
  #closed: Promise<void> | undefined

  constructor(tiers: readonly Tier[], truth: Tier, options: ReadyOptions) {
    const limits = { ...options, onEvent: options.onEvent && quietly(options.onEvent) }
    this.tiers = tiers
    this.#truth = truth
    this.#copies = new Copies(tiers, truth.invalidations !== undefined, limits)
    this.#onEvent = limits.onEvent
    this.#reader = new Reader(truth, this.#copies, options.entryLimit)
    this.#writer = new Writer(truth, this.#copies, options)
    this.#reach()
  }

  get stream(): StreamState {
    return this.#copies.stream
  }

  start(): void {
    // Being told costs the truth a connection, and more for every write.
    if (this.#copies.any)
      this.#unsubscribe ??= this.#truth.invalidations?.((invalidation) => this.#invalidated(invalidation))
  }

  offers(name: string): boolean {
    return name in this.#truth.handlers
  }

  run(plan: Plan, args: readonly unknown[], trace?: Trace): unknown {
    if (this.#closed) throw closed(plan.name)
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
        trace?.(this.#truth, keysOf(plan.command, args)[0] ?? '')
        return this.#writer.write(plan, args)
    }
  }

  peek(key: string): unknown {
    const copies = this.#copies
    for (const tier of this.tiers) {
      if (tier.scope !== 'local') break
      if (tier.role === 'truth' || (copies.usable(tier) && (tier.entries?.holds(key) || copies.absent(key))))
        return tier.handlers['get']?.(key)
    }
    return undefined
  }

  async entry(key: string): Promise<Entry | null> {
    if (this.#closed) throw closed('entry')
    return this.#reader.entry(key)
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
    const first = this.#copies.near[0] ?? this.#truth
    const open = first.scope === 'local' && (first.role === 'truth' || this.#copies.open)
    this.atHand = open && !this.#onEvent && !this.#closed ? first.handlers : undefined
  }

  /** Runs the command and tells which tier answered and how soon. */
  #told(plan: Plan, args: readonly unknown[], onEvent: NonNullable<ReadyOptions['onEvent']>): unknown {
    const start = performance.now()
    let key = ''
    let source = sourceOf(this.#truth, key)
    const tell = (answer: unknown) => {
      const { tier, age, stale } = source
      const ms = performance.now() - start
      onEvent({ kind: 'answer', command: plan.name, key, tier: tier.name, age, stale, ms })
      return answer
    }
    const answer = this.run(plan, args, (tier, of) => {
      key = of
      source = sourceOf(tier, key)
    })
    return answer instanceof Promise ? answer.then(tell) : tell(answer)
  }

  #invalidated(told: Invalidation): void {
    const copies = this.#copies
    if (told.kind === 'keys') void copies.invalidate(told.keys, 'changed')
    else if (told.kind === 'all') copies.invalidateAll('changed')
    else {
      const { since, cause } = { since: undefined, cause: undefined, ...told }
      copies.turn(told.kind, since)
      this.#reach()
      copies.tell({ kind: 'stream', state: told.kind, ...(cause === undefined ? {} : { cause }) })
    }
  }
}

function closed(name: string): CacheError {
  return new CacheError('CLOSED', `${name}: the client is closed`)
}
