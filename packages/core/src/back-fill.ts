import type { Entry } from '@jcache/driver'
import type { Copies, CopyFence, CopyTier, Fetched } from './copies.ts'
import type { Tier } from './tier.ts'

/**
 * Fetches keys as whole entries and copies them into the nearer tiers, each in one atomic round trip, once for all who ask
 * for it meanwhile, and under a fence: what changes on the way is answered and not kept.
 */
export class BackFill {
  /** The nearest tier, if what is fetched can be answered from it. */
  readonly local: CopyTier | undefined
  /** The near tiers behind the nearest, which may hold what that lacks. */
  readonly #between: readonly CopyTier[]
  readonly #every: readonly CopyTier[]
  readonly #truth: Tier
  readonly #copies: Copies
  readonly #entryLimit: number

  constructor(truth: Tier, copies: Copies, entryLimit: number) {
    const [first, ...others] = copies.near
    const isLocal = first?.scope === 'local'
    this.local = truth.entries && isLocal ? first : undefined
    this.#between = isLocal ? others : copies.near
    this.#every = [...copies.near, ...copies.backups]
    this.#truth = truth
    this.#copies = copies
    this.#entryLimit = entryLimit
  }

  /** Copies the key into the nearer tiers. */
  fetch(key: string): Promise<Fetched> {
    const { fences } = this.#copies
    const running = fences.flight(key)
    if (running) return running(key)
    const fence = fences.open(key)
    const loading = this.#load(key, fence)
    fence.flight = () => loading
    return loading
  }

  /** Copies the keys, those that only truth can tell in one call and behind one fence. */
  async fetchAll(keys: readonly string[]): Promise<readonly Fetched[]> {
    const { fences } = this.#copies
    const fresh = this.#between.length ? [] : [...new Set(keys)].filter((key) => !fences.flight(key))
    if (fresh.length > 1) {
      const fence = fences.open(...fresh)
      const loading = this.#loadAll(fresh, fence)
      fence.flight = async (key) => (await loading)[fresh.indexOf(key)] ?? this.fetch(key)
      if (fresh.length === keys.length) return loading
    }
    return Promise.all(keys.map((key) => this.fetch(key)))
  }

  /** From the first of the tiers behind the nearest that holds it. */
  async #load(key: string, fence: CopyFence): Promise<Fetched> {
    const { near } = this.#copies
    try {
      for (const tier of this.#between) {
        const entry = await this.#copyIn(tier, key)
        if (entry) return this.#found(key, entry, tier, fence, near.slice(0, near.indexOf(tier)))
      }
      const truth = this.#truth
      const dump = () => truth.entries?.dump(key, this.#entryLimit) ?? null
      const entry = await truth.ask(`dump ${key}`, dump)
      return this.#found(key, entry, truth, fence)
    } catch (error) {
      return this.#failed([key], error, fence)
    }
  }

  /** From truth, in this order. */
  async #loadAll(keys: readonly string[], fence: CopyFence): Promise<Fetched[]> {
    const truth = this.#truth
    try {
      const entries = await truth.ask(`dump ${keys.length} keys`, () =>
        Promise.all(keys.map((key) => truth.entries?.dump(key, this.#entryLimit) ?? null)),
      )
      return entries.map((entry, at) => this.#found(keys[at] ?? '', entry, truth, fence))
    } catch (error) {
      return this.#failed(keys, error, fence)
    }
  }

  /** What a near tier behind the nearest holds; its failure is a miss, since truth is asked next. */
  async #copyIn(tier: CopyTier, key: string): Promise<Entry | null> {
    if (!this.#copies.usable(tier)) return null
    try {
      const entry = await tier.ask(`dump ${key}`, () => tier.entries.dump(key, this.#entryLimit))
      return entry === 'too-big' ? null : entry
    } catch {
      return null
    }
  }

  /** Stores the entry, or the fact that there is none, in tiers that the one which told it fills. */
  #found(
    key: string,
    entry: Entry | null | 'too-big',
    from: Tier,
    fence: CopyFence,
    tiers: readonly CopyTier[] = entry ? this.#every : this.#copies.backups,
  ): Fetched {
    const copies = this.#copies
    const stands = copies.fences.stands(key, fence)
    let state: Fetched['state'] = 'not-kept'
    if (entry === 'too-big') copies.tell({ kind: 'not-kept', key, why: entry })
    else {
      if (entry) for (const tier of tiers) copies.store(tier, key, entry, fence)
      else if (stands) copies.keepAbsence(key, tiers)
      if (entry ? this.local?.entries.holds(key) : stands) state = entry ? 'copied' : 'absent'
      else if (this.local) copies.tell({ kind: 'not-kept', key, why: stands ? 'refused' : 'changed' })
    }
    copies.fences.close(key, fence)
    return { state, entry, from }
  }

  #failed(keys: readonly string[], error: unknown, fence: CopyFence): never {
    for (const key of keys) this.#copies.fences.close(key, fence)
    throw error
  }
}
