import type { Entries, Entry, Scope } from '@jcache/driver'
import type { Plan } from './plan.ts'

/** What a tier is to the client. Truth decides; near copies stand before it, backups behind it. */
export type Role = 'near' | 'truth' | 'backup'

/**
 * Whether changes made elsewhere are told: `none` where truth does not tell of any, `connecting` until it first does,
 * `live` while it does, `lost` while it no longer does.
 */
export type StreamState = 'none' | 'connecting' | 'live' | 'lost'

/** A tier as the client shows it. */
export interface TierInfo {
  readonly name: string
  readonly scope: Scope
  readonly role: Role
}

/** A tier that answered. */
export interface TracedTier extends TierInfo {
  readonly entries?: Entries | undefined
  readonly stale?: boolean
}

/** Told which tier an answer came from; only made when somebody wants to know, so that other calls pay nothing. */
export type Trace = (tier: TracedTier, key: string) => void

/** The functions of a tier by command. */
export type Handlers = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

/** What runs the commands of a client: one tier alone, or several together. */
export interface Engine {
  readonly tiers: readonly TierInfo[]
  /**
   * The functions of the local tier that answers reads of one key before anything else is looked at, if there is one now.
   * Only an answer with something in it counts: it shows that the tier holds the key.
   */
  atHand: Handlers | undefined
  /** Whether changes made elsewhere are told. */
  readonly stream: StreamState
  /** Begins to listen for changes made elsewhere; every client over the engine calls it once. */
  start?(): void
  /** Whether commands of this name can be run. */
  offers(name: string): boolean
  /** Runs one command with checked arguments; answers at once where a local tier can. */
  run(plan: Plan, args: readonly unknown[], trace?: Trace): unknown
  /** What a local tier knows of the text under the key; undefined where only a farther tier could tell. */
  peek(key: string): unknown
  /** The key as a whole, as truth has it. */
  entry(key: string): Promise<Entry | null>
  close(): void | Promise<void>
}
