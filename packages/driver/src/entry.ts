import type { ScoredMember } from './reply.ts'

/**
 * A whole key as it moves between tiers: what back-fill, full sync, warm-up and migration carry.
 * Hashes as pairs, lists in order, sorted sets in rank order.
 */
export type Entry = { readonly expiresAt: number | null } & (
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'hash'; readonly value: readonly (readonly [field: string, value: string])[] }
  | { readonly type: 'list'; readonly value: readonly string[] }
  | { readonly type: 'set'; readonly value: readonly string[] }
  | { readonly type: 'zset'; readonly value: readonly Readonly<ScoredMember>[] }
)

type MaybePromise<Type> = Type | Promise<Type>

/** Moves whole keys in and out of a tier. Local tiers answer at once, shared ones by promise. */
export interface Entries {
  /**
   * The key as one atomic copy, null without key, `'too-big'` above the size limit (characters of all texts).
   * `expiresAt` is Unix time in milliseconds by this machine's clock and never later than at the source.
   */
  dump(key: string, limit: number): MaybePromise<Entry | null | 'too-big'>
  /** Replaces what the key holds; a past expiry removes it. */
  load(key: string, entry: Entry): MaybePromise<void>
  /** Removes the keys. */
  drop(keys: readonly string[]): MaybePromise<void>
  /** Removes every key, or every key that starts with the prefix. */
  clear(prefix?: string): MaybePromise<void>
  /** Whether the key is there. */
  holds(key: string): MaybePromise<boolean>
  /** Milliseconds since the key was loaded, null where that is not known. */
  age?(key: string): number | null
  /** All keys, or those that start with the prefix, with their entries, once each, in pieces that let other work go on. */
  scan(prefix?: string): AsyncIterable<readonly [key: string, entry: Entry]>
}
