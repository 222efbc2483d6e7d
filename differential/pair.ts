import type { Driver, Entries, Entry } from '@jcache/driver'
import type { Call } from './call.ts'
import type { Outcome } from './outcome.ts'

/** A driver that moves whole keys. */
export type Whole = Driver & { readonly entries: Entries }

/** The two that are compared: the one that is judged, and the one that judges. */
export interface Pair {
  readonly near: Whole
  readonly far: Whole
}

/** What both made of one call. */
export interface Played {
  readonly near: Outcome
  readonly far: Outcome
  readonly same: boolean
  /** What has the same effect without chance, for playing it again; without it, the call itself. */
  readonly instead?: readonly Call[]
}

/** Makes one call on both while nothing else is under way, and judges what came of it. */
export type Special = (pair: Pair, call: Call, args: readonly unknown[]) => Promise<Played>

/** What the key holds, without a limit. */
export async function dump({ entries }: Whole, key: string): Promise<Entry | null> {
  const entry = await entries.dump(key, Infinity)
  return entry === 'too-big' ? null : entry
}
