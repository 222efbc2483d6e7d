/** What a client tells its `onEvent`. */
export type ClientEvent =
  /** A command was answered, by the tier named; `ms` is how long it took, `age` and `stale` are as `explain` tells them. */
  | {
      readonly kind: 'answer'
      readonly command: string
      readonly key: string
      readonly tier: string
      readonly age: number | null
      readonly stale: boolean
      readonly ms: number
    }
  /** Copies in local tiers were dropped; `all`: those of every key. */
  | { readonly kind: 'dropped'; readonly keys: readonly string[] | 'all'; readonly why: DropReason }
  /** What was fetched was answered and not copied. */
  | { readonly kind: 'not-kept'; readonly key: string; readonly why: NotKeptReason }
  /** Changes made elsewhere are now told, or no longer. */
  | { readonly kind: 'stream'; readonly state: 'live' | 'lost'; readonly cause?: unknown }

/**
 * - `written`: this client changed the key, or may have, where the answer was lost.
 * - `changed`: truth told of a change made elsewhere, an expiry, an eviction or a flush.
 * - `lost`: changes made elsewhere are no longer told.
 * - `live`: they are told again, and some may have been missed.
 */
export type DropReason = 'written' | 'changed' | 'lost' | 'live'

/**
 * - `changed`: the key was changed, or its copy dropped, while it was fetched.
 * - `too-big`: the entry is larger than `entryLimit`.
 * - `refused`: the nearest tier did not take it, as when it has no room.
 */
export type NotKeptReason = 'changed' | 'too-big' | 'refused'
