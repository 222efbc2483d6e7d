import type { Entry } from '@jcache/driver'
import { type Fence, Fences } from './fences.ts'
import type { Tier } from './tier.ts'

export interface CopyLimits {
  /** Milliseconds that a near copy lives at most. */
  readonly nearTtl: number
  /** Part of a near copy's life that is taken from it by chance, from 0 to 1, so that copies do not all end at once. */
  readonly jitter: number
  readonly now: () => number
  readonly random: () => number
}

/** What a fetch came to: the key is copied, is not there, or could not be kept; and which tier told. */
export interface Fetched {
  readonly state: 'copied' | 'absent' | 'not-kept'
  readonly from: Tier
}

/** The fence of a copy. */
export type CopyFence = Fence<Promise<Fetched>>

/** The tiers that hold copies, and the fences that keep the copies from lying. */
export class Copies {
  readonly near: readonly Tier[]
  readonly backups: readonly Tier[]
  readonly fences: Fences<Promise<Fetched>> = new Fences()
  /** Whether changes made elsewhere are told; until then near copies are neither read nor filled. */
  live = true
  readonly #limits: CopyLimits
  /** Shared tiers that could not be told of a change, until the copies in doubt have expired. */
  readonly #doubted = new Map<Tier, number>()

  constructor(near: readonly Tier[], backups: readonly Tier[], limits: CopyLimits) {
    this.near = near
    this.backups = backups
    this.#limits = limits
  }

  /** Whether copies in the tier may be read and filled now. */
  usable(tier: Tier): boolean {
    if (tier.role === 'backup') return true
    if (!this.live) return false
    const until = this.#doubted.get(tier)
    if (until === undefined) return true
    if (until > this.#limits.now()) return false
    this.#doubted.delete(tier)
    return true
  }

  /** Stores the entry in the tier, if the fence stands before and after. */
  store(tier: Tier, key: string, entry: Entry, fence: CopyFence): void {
    if (!tier.entries || !this.usable(tier) || !this.fences.stands(key, fence)) return
    const { entries } = tier
    const copy = { ...entry, expiresAt: this.#end(tier, entry.expiresAt) }
    if (tier.scope === 'local') {
      try {
        entries.load(key, copy)
      } catch {
        // A tier that cannot hold this type is passed over, as if it had no room.
      }
      return
    }
    tier
      .ask('load', () => entries.load(key, copy))
      .then(() => {
        if (!this.fences.stands(key, fence)) return this.#drop(tier, [key])
      })
      .catch(() => this.#doubt(tier))
  }

  /** Breaks the fences of the keys and drops their copies; when it resolves no copy older than the call is read. */
  invalidate(keys: readonly string[]): void | Promise<void> {
    for (const key of keys) this.fences.break(key)
    return this.#each((tier) => this.#drop(tier, keys))
  }

  /** Breaks all fences and drops the copies of every key; shared tiers are left alone until theirs have expired. */
  invalidateAll(tiers: readonly Tier[] = [...this.near, ...this.backups]): void {
    this.fences.breakAll()
    for (const tier of tiers) {
      if (tier.scope === 'local') tier.entries?.clear()
      else this.#doubt(tier)
    }
  }

  #each(act: (tier: Tier) => void | Promise<void>): void | Promise<void> {
    const waits: Promise<void>[] = []
    for (const tiers of [this.near, this.backups]) {
      for (const tier of tiers) {
        const wait = act(tier)
        if (wait) waits.push(wait)
      }
    }
    if (waits.length) return Promise.all(waits).then(() => {})
  }

  #drop(tier: Tier, keys: readonly string[]): void | Promise<void> {
    const { entries } = tier
    if (!entries) return
    if (tier.scope === 'local') return entries.drop(keys)
    return tier.ask('drop', () => entries.drop(keys)).catch(() => this.#doubt(tier))
  }

  #doubt(tier: Tier): void {
    this.#doubted.set(tier, this.#limits.now() + this.#limits.nearTtl)
  }

  #end(tier: Tier, expiresAt: number | null): number | null {
    if (tier.role === 'backup') return expiresAt
    const { nearTtl, jitter, now, random } = this.#limits
    if (nearTtl === Number.POSITIVE_INFINITY && (expiresAt === null || !jitter)) return expiresAt
    const at = now()
    const left = Math.min(nearTtl, (expiresAt ?? Number.POSITIVE_INFINITY) - at)
    return Math.floor(at + left * (1 - jitter * random()))
  }
}
