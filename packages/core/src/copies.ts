import type { Entries, Entry } from '@jcache/driver'
import { type Fence, Fences } from './fences.ts'
import type { Tier } from './tier.ts'

/** How long near copies live in milliseconds, where nobody tells of changes made elsewhere. */
const UNTOLD_NEAR_TTL = 5_000

export interface CopyLimits {
  /** Milliseconds that a near copy lives at most; undefined: as changes made elsewhere are told or not. */
  readonly nearTtl: number | undefined
  /** Part of a near copy's life that is taken from it by chance, from 0 to 1, so that copies do not all end at once. */
  readonly jitter: number
  readonly now: () => number
  readonly random: () => number
}

/** What a fetch came to: the key is copied, is not there, or could not be kept; what was found, and which tier told. */
export interface Fetched {
  readonly state: 'copied' | 'absent' | 'not-kept'
  readonly entry: Entry | null | 'too-big'
  readonly from: Tier
}

/** The fence of a copy. */
export type CopyFence = Fence<Promise<Fetched>>

/** A tier that can hold copies. */
export type CopyTier = Tier & { readonly entries: Entries }

/** The tiers that hold copies, and the fences that keep the copies from lying. */
export class Copies {
  readonly near: readonly CopyTier[]
  readonly backups: readonly CopyTier[]
  readonly fences: Fences<Promise<Fetched>> = new Fences()
  /** Whether changes made elsewhere are told; until then near copies are neither read nor filled. */
  live: boolean
  readonly #told: boolean
  readonly #limits: CopyLimits
  readonly #local: readonly CopyTier[]
  /** Farthest first. */
  readonly #shared: readonly CopyTier[]
  /** Copies on their way to shared tiers, by key. */
  readonly #storing = new Map<string, Promise<unknown>>()
  /** Shared tiers that could not be told of a change, until the copies in doubt have expired. */
  readonly #doubted = new Map<Tier, number>()

  /** `told`: changes made elsewhere will be. */
  constructor(tiers: readonly Tier[], told: boolean, limits: CopyLimits) {
    const able = tiers.filter((tier): tier is CopyTier => tier.entries !== undefined)
    this.near = able.filter(({ role }) => role === 'near')
    this.backups = able.filter(({ role }) => role === 'backup')
    const copies = [...this.near, ...this.backups]
    this.#local = copies.filter(({ scope }) => scope === 'local')
    this.#shared = copies.filter(({ scope }) => scope !== 'local').reverse()
    this.#told = told
    this.live = !told
    this.#limits = limits
  }

  get any(): boolean {
    return this.#local.length + this.#shared.length > 0
  }

  /** Whether every copy can be replaced at once; one in a shared tier is told by a message, so it is dropped instead. */
  get replaceable(): boolean {
    return this.#shared.length === 0
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

  /** Whether the local tier's copy of the key needs no other: it is there, and young, or changes made elsewhere are told. */
  fresh(tier: CopyTier, key: string): boolean {
    if (!tier.entries.holds(key)) return false
    const age = tier.entries.age?.(key) ?? Number.POSITIVE_INFINITY
    return this.#told || age < (this.#limits.nearTtl ?? UNTOLD_NEAR_TTL)
  }

  /** Stores the entry in the tier, if the fence stands. */
  store(tier: CopyTier, key: string, entry: Entry, fence: CopyFence): void {
    if (!this.usable(tier) || !this.fences.stands(key, fence)) return
    const copy = { ...entry, expiresAt: this.#end(tier, entry.expiresAt) }
    if (tier.scope === 'local') {
      attempt(() => tier.entries.load(key, copy))
      return
    }
    const storing = Promise.all([
      this.#storing.get(key),
      tier.ask('load', () => tier.entries.load(key, copy)).catch(() => this.#doubt(tier)),
    ]).finally(() => {
      if (this.#storing.get(key) === storing) this.#storing.delete(key)
    })
    this.#storing.set(key, storing)
  }

  /** Breaks the fences of the keys and drops their copies; when it resolves no copy older than the call is read. */
  invalidate(keys: readonly string[]): void | Promise<void> {
    this.#forget(keys)
    if (this.#shared.length) return this.#dropShared(keys)
  }

  /** Breaks all fences and drops the copies of every key; shared tiers are left alone until theirs have expired. */
  invalidateAll(tiers: readonly CopyTier[] = [...this.near, ...this.backups]): void {
    this.fences.breakAll()
    for (const tier of tiers) {
      if (tier.scope === 'local') attempt(() => tier.entries.clear())
      else this.#doubt(tier)
    }
  }

  #forget(keys: readonly string[]): void {
    for (const key of keys) this.fences.break(key)
    for (const { entries } of this.#local) attempt(() => entries.drop(keys))
  }

  /** Until a tier has dropped its copy, nearer ones may be filled from it: hence the order, and what is forgotten again. */
  async #dropShared(keys: readonly string[]): Promise<void> {
    for (const tier of this.#shared) {
      await Promise.all(keys.map((key) => this.#storing.get(key)))
      await tier.ask('drop', () => tier.entries.drop(keys)).catch(() => this.#doubt(tier))
      this.#forget(keys)
    }
  }

  #doubt(tier: Tier): void {
    this.#doubted.set(tier, this.#limits.now() + this.#cap(tier))
  }

  /** Shared tiers are filled by other processes too, behind fences of their own: what is told does not clear all doubt. */
  #cap(tier: Tier): number {
    const untold = this.#told && tier.scope === 'local' ? Number.POSITIVE_INFINITY : UNTOLD_NEAR_TTL
    return this.#limits.nearTtl ?? untold
  }

  #end(tier: Tier, expiresAt: number | null): number | null {
    if (tier.role === 'backup') return expiresAt
    const cap = this.#cap(tier)
    const { jitter, now, random } = this.#limits
    if (cap === Number.POSITIVE_INFINITY && (expiresAt === null || !jitter)) return expiresAt
    const at = now()
    const left = Math.min(cap, (expiresAt ?? Number.POSITIVE_INFINITY) - at)
    return Math.floor(at + left * (1 - jitter * random()))
  }
}

/** Lets a local tier refuse: one that cannot hold an entry has no copy of it, and one that is closed has none at all. */
function attempt(act: () => unknown): void {
  try {
    act()
  } catch {}
}
