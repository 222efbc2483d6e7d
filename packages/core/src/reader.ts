import { type Entry, isUnavailable, keysOf } from '@jcache/driver'
import { BackFill } from './back-fill.ts'
import type { Copies, CopyTier, Fetched } from './copies.ts'
import type { Trace } from './engine.ts'
import type { Plan } from './plan.ts'
import type { Tier } from './tier.ts'
import { wholeOf } from './whole.ts'

/**
 * Reads over tiers. The nearest tier that holds the key answers. What none of the near ones holds is fetched from truth as
 * a whole entry, in one atomic round trip, copied into the nearer tiers under a fence, and answered from the copy: so one
 * fetch serves every command on the key, and everybody who asks for the key meanwhile. Where the entry cannot be kept
 * (too big, changed meanwhile, no room) the command itself goes to truth. Truth unavailable is not a miss: backups are
 * asked if they hold the key, else the caller is told.
 */
export class Reader {
  readonly #truth: Tier
  readonly #copies: Copies
  readonly #backFill: BackFill
  /** The tier that can answer at once. */
  readonly #nearest: CopyTier | undefined

  constructor(truth: Tier, copies: Copies, entryLimit: number) {
    const [first] = copies.near
    this.#truth = truth
    this.#copies = copies
    this.#backFill = new BackFill(truth, copies, entryLimit)
    this.#nearest = first?.scope === 'local' ? first : undefined
  }

  /** Answers a read of one key, at once where the nearest tier holds it. */
  one(plan: Plan, args: readonly unknown[], trace?: Trace): unknown {
    const key = args[0] as string
    if (this.#held(plan, key)) return this.#run(this.#nearest, plan, args, key, trace)
    return this.#copies.any ? this.#oneOf(plan, key, args, trace) : this.truth(plan, args, trace)
  }

  /** Answers a read that is the read of each key, every key from the nearest tier that has it, the rest in one call. */
  async each(plan: Plan, keys: readonly string[], trace?: Trace): Promise<unknown> {
    try {
      const answers = keys.map((key) =>
        this.#held(plan, key) ? this.#run(this.#nearest, plan, [key], key, trace) : undefined,
      )
      const missing = [...keys.keys()].filter((at) => answers[at] === undefined)
      if (missing.length) {
        const further = await this.#furtherAll(
          plan,
          missing.map((at) => keys[at] ?? ''),
          trace,
        )
        for (const [place, at] of missing.entries()) answers[at] = further[place]
      }
      const rest = keys.filter((_, at) => answers[at] === undefined)
      const replies = rest.length ? await this.truth(plan, rest, trace) : []
      for (const key of rest) this.#refresh(key)
      if (plan.command.reply === 'integer')
        return (answers as (number | undefined)[]).reduce<number>(
          (sum, count) => sum + (count ?? 0),
          Number(replies),
        )
      const asked = (replies as unknown[])[Symbol.iterator]()
      return answers.map((answer) => (answer === undefined ? asked.next().value : (answer as unknown[])[0]))
    } catch (error) {
      return this.#backup(plan, keys, keys, error, trace)
    }
  }

  /** Answers a read of several keys at once from the nearest tier if it holds them all, else from truth. */
  async all(plan: Plan, keys: readonly string[], args: readonly unknown[], trace?: Trace): Promise<unknown> {
    const key = keys[0] ?? ''
    if (keys.every((each) => this.#held(plan, each))) return this.#run(this.#nearest, plan, args, key, trace)
    try {
      return await this.truth(plan, args, trace)
    } catch (error) {
      return this.#backup(plan, keys, args, error, trace)
    }
  }

  /** The key as a whole, with its expiry at truth; fetched once for all who ask meanwhile, and copied on the way. */
  async entry(key: string): Promise<Entry | null> {
    try {
      const isCopied = this.#copies.any && this.#truth.entries !== undefined
      const found = isCopied ? await this.#backFill.fetch(key) : undefined
      // A copy may end before its source does.
      const isWhole = found?.from === this.#truth && found.entry !== 'too-big'
      return isWhole ? found.entry : await whole(this.#truth, key)
    } catch (error) {
      const copy = isUnavailable(error) && this.#copies.backups.find(({ entries }) => entries.holds(key))
      if (copy) return whole(copy, key)
      throw error
    }
  }

  /** Asks truth: at once where it is local. */
  truth(plan: Plan, args: readonly unknown[], trace?: Trace): unknown {
    const truth = this.#truth
    trace?.(truth, keysOf(plan.command, args)[0] ?? '')
    const run = () => truth.handlers[plan.name]?.(...args)
    return truth.scope === 'local' ? run() : truth.ask(plan.name, run)
  }

  async #oneOf(plan: Plan, key: string, args: readonly unknown[], trace?: Trace): Promise<unknown> {
    try {
      const { local } = this.#backFill
      let answer: unknown
      if (!local) answer = await this.#near(plan, key, args, trace)
      else if (this.#offers(local, plan)) {
        const fetched = await this.#backFill.fetch(key)
        answer = this.#copied(local, plan, key, args, fetched, trace)
      }
      if (answer !== undefined) return answer
      const told = await this.truth(plan, args, trace)
      this.#refresh(key)
      return told
    } catch (error) {
      return this.#backup(plan, [key], args, error, trace)
    }
  }

  /** The answers of a read that is the read of each key, for keys that the nearest tier lacks. */
  async #furtherAll(plan: Plan, keys: readonly string[], trace?: Trace): Promise<readonly unknown[]> {
    const { local } = this.#backFill
    if (!local) return Promise.all(keys.map((key) => this.#near(plan, key, [key], trace)))
    if (!this.#offers(local, plan)) return []
    const fetched = await this.#backFill.fetchAll(keys)
    return fetched.map((found, at) => {
      const key = keys[at] ?? ''
      return this.#copied(local, plan, key, [key], found, trace)
    })
  }

  /** The answer from the copy that was fetched. */
  #copied(
    local: CopyTier,
    plan: Plan,
    key: string,
    args: readonly unknown[],
    { state, from }: Fetched,
    trace?: Trace,
  ): unknown {
    // The copy may have been dropped between its arrival and this turn; then it must not be taken for absence.
    if (state === 'not-kept' || (state === 'copied' && !local.entries.holds(key))) return undefined
    trace?.(from, key)
    return this.#run(local, plan, args, key)
  }

  /** The answer of a near tier that held the key before and after, so that an expiry in between is no answer. */
  async #near(plan: Plan, key: string, args: readonly unknown[], trace?: Trace): Promise<unknown> {
    for (const tier of this.#copies.near) {
      if (!this.#offers(tier, plan)) continue
      try {
        const answer = await tier.ask(plan.name, async () =>
          (await tier.entries.holds(key))
            ? [await tier.handlers[plan.name]?.(...args), await tier.entries.holds(key)]
            : [],
        )
        if (!answer[1]) continue
        trace?.(tier, key)
        return answer[0]
      } catch (error) {
        if (!isUnavailable(error)) throw error
      }
    }
    return undefined
  }

  /** Copies what truth just answered behind the caller's back, where no copy was made on the way and one is missing or old. */
  #refresh(key: string): void {
    const { near, backups } = this.#copies
    const wanted = near.length > 0 || backups.some((tier) => !this.#copies.fresh(tier, key))
    if (wanted && !this.#backFill.local && this.#truth.entries) this.#backFill.fetch(key).catch(() => {})
  }

  #held(plan: Plan, key: string): boolean {
    const nearest = this.#nearest
    const known = nearest?.entries.holds(key) || this.#copies.absent(key)
    return nearest !== undefined && known && this.#offers(nearest, plan)
  }

  #offers(tier: Tier, plan: Plan): boolean {
    return plan.name in tier.handlers && this.#copies.usable(tier)
  }

  #backup(
    plan: Plan,
    keys: readonly string[],
    args: readonly unknown[],
    error: unknown,
    trace?: Trace,
  ): unknown {
    if (isUnavailable(error)) {
      for (const tier of this.#copies.backups) {
        const holds = plan.name in tier.handlers && keys.every((key) => tier.entries.holds(key))
        if (holds) return this.#run(tier, plan, args, keys[0] ?? '', trace)
      }
    }
    throw error
  }

  #run(tier: Tier | undefined, plan: Plan, args: readonly unknown[], key: string, trace?: Trace): unknown {
    if (tier) trace?.(tier, key)
    return tier?.handlers[plan.name]?.(...args)
  }
}

function whole(tier: Tier, key: string): Promise<Entry | null> {
  return tier.ask(`dump ${key}`, () => wholeOf(tier, key))
}
