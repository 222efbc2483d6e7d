import type { Entries, Entry } from '@jcache/driver'
import { Absences } from './absences.ts'
import type { StreamState } from './engine.ts'
import type { ClientEvent, DropReason } from './event.ts'
import { type Fence, Fences } from './fences.ts'
import type { Tier } from './tier.ts'

/** How long near copies live in milliseconds, where nobody tells of changes made elsewhere. */
const UNTOLD_NEAR_TTL = 5_000

export interface CopyLimits {
  /** Milliseconds that a near copy lives at most; undefined: as changes made elsewhere are told or not. */
  readonly nearTtl: number | undefined
  /** Part of a near copy's life that is taken from it by chance, from 0 to 1, so that copies do not all end at once. */
  readonly jitter: number
  /** Milliseconds that near copies are still read after changes made elsewhere are no longer told. */
  readonly maxStaleness: number
  /** Milliseconds that the absence of a key is kept near; 0: not at all. */
  readonly absentTtl: number
  /** Told why copies are dropped. */
  readonly onEvent: ((event: ClientEvent) => void) | undefined
  readonly now: () => number
  readonly random: () => number
}

/** What a fetch came to: the key is copied, is not there, or could not be kept; what was found, and which tier told. */
export interface Fetched {
  readonly state: 'copied' | 'absent' | 'not-kept'
  readonly entry: Entry | null | 'too-big'
  readonly from: Tier
}

/** What a fetch under way comes to for the key. */
type Flight = (key: string) => Promise<Fetched>

/** The fence of a copy. */
export type CopyFence = Fence<Flight>

/** A tier that can hold copies. */
export type CopyTier = Tier & { readonly entries: Entries }

/** The tiers that hold copies, and the fences that keep the copies from lying. */
export class Copies {
  readonly near: readonly CopyTier[]
  readonly backups: readonly CopyTier[]
  readonly fences: Fences<Flight> = new Fences()
  stream: StreamState
  /** When near copies are no longer read though the stream is lost. */
  #servesUntil = 0
  readonly #absences = new Absences()
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
    this.stream = told && copies.length ? 'connecting' : 'none'
    this.#limits = limits
  }

  get any(): boolean {
    return this.#local.length + this.#shared.length > 0
  }

  tell(event: ClientEvent): void {
    this.#limits.onEvent?.(event)
  }

  /** Whether every copy can be replaced at once; one in a shared tier is told by a message, so it is dropped instead. */
  get replaceable(): boolean {
    return this.#shared.length === 0
  }

  /** Whether near copies may be read without a look at the clock, and be filled. */
  get open(): boolean {
    return this.stream === 'none' || this.stream === 'live'
  }

  /** Whether copies in the tier may be read now. */
  usable(tier: Tier): boolean {
    if (tier.role === 'backup') return true
    const { now } = this.#limits
    if (!this.open && !(this.stream === 'lost' && now() < this.#servesUntil)) return false
    const until = this.#doubted.get(tier)
    if (until === undefined) return true
    if (until > now()) return false
    this.#doubted.delete(tier)
    return true
  }

  /** Whether truth was lately found not to hold the key. */
  absent(key: string): boolean {
    return this.#absences.has(key, this.#limits.now)
  }

  /** Truth does not hold the key: copies of it are dropped, and its absence is kept where that is wanted. */
  keepAbsence(key: string, tiers: readonly CopyTier[]): void {
    for (const tier of tiers) void tier.entries.drop([key])
    const [nearest] = this.near
    const { absentTtl, now } = this.#limits
    if (absentTtl && nearest && this.open)
      this.#absences.add(key, now() + Math.min(absentTtl, this.#cap(nearest)))
  }

  /** Whether the local tier's copy of the key needs no other: it is there, and young, or changes made elsewhere are told. */
  fresh(tier: CopyTier, key: string): boolean {
    if (!tier.entries.holds(key)) return false
    const age = tier.entries.age?.(key) ?? Number.POSITIVE_INFINITY
    return this.#told || age < (this.#limits.nearTtl ?? UNTOLD_NEAR_TTL)
  }

  /** Stores the entry in the tier, if the fence stands; where copies are not filled now, an older one is dropped. */
  store(tier: CopyTier, key: string, entry: Entry, fence: CopyFence): void {
    if (!this.fences.stands(key, fence)) return
    this.#absences.delete(key)
    if (tier.role === 'near' && !(this.open && this.usable(tier))) {
      if (tier.scope === 'local') attempt(() => tier.entries.drop([key]))
      return
    }
    const expiresAt = this.#end(tier, entry.expiresAt)
    const copy = expiresAt === entry.expiresAt ? entry : { ...entry, expiresAt }
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

  /**
   * The stream became live or was lost: near copies are flushed, before they serve again or because they no longer may.
   * Where staleness is allowed, those that were live when it was lost are read for that long, and not filled.
   */
  turn(state: 'live' | 'lost', since: number = this.#limits.now()): void {
    const { maxStaleness } = this.#limits
    const was = this.stream
    this.stream = state
    for (const tier of this.near) tier.stale = state === 'lost'
    if (state === 'lost' && maxStaleness && was !== 'connecting') {
      this.fences.breakAll()
      if (was === 'live') this.#servesUntil = since + maxStaleness
      return
    }
    // Only near copies are at stake: backups are asked when truth is away, which is when the stream is lost too.
    this.invalidateAll(state, this.near)
  }

  /** Breaks the fences of the keys and drops their copies; when it resolves no copy older than the call is read. */
  invalidate(keys: readonly string[], why: DropReason): void | Promise<void> {
    const { onEvent } = this.#limits
    const held = onEvent ? keys.filter((key) => this.#local.some(({ entries }) => entries.holds(key))) : []
    this.#forget(keys)
    if (held.length) this.tell({ kind: 'dropped', keys: held, why })
    if (this.#shared.length) return this.#dropShared(keys)
  }

  /** Breaks all fences and drops the copies of every key; shared tiers are left alone until theirs have expired. */
  invalidateAll(why: DropReason, tiers: readonly CopyTier[] = [...this.near, ...this.backups]): void {
    this.fences.breakAll()
    this.#absences.clear()
    for (const tier of tiers) {
      if (tier.scope === 'local') attempt(() => tier.entries.clear())
      else this.#doubt(tier)
    }
    if (tiers.length) this.tell({ kind: 'dropped', keys: 'all', why })
  }

  #forget(keys: readonly string[]): void {
    for (const key of keys) {
      this.fences.break(key)
      this.#absences.delete(key)
    }
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
