/** What a cache tells its `onEvent`. `tier` is the tier that answered. */
export type CacheEvent =
  /** A value was answered from a tier; `stale`: past its ttl. */
  | { readonly kind: 'hit'; readonly key: string; readonly tier: string; readonly stale: boolean }
  /** There was no value to answer. */
  | { readonly kind: 'miss'; readonly key: string }
  /** A loader answered, after so many milliseconds. */
  | { readonly kind: 'load'; readonly key: string; readonly ms: number }
  /** A loaded value was not stored: the key or one of its tags was changed meanwhile. */
  | { readonly kind: 'overtaken'; readonly key: string }
  /** What failed behind the caller, or before a stale value was answered. */
  | {
      readonly kind: 'error'
      readonly key: string
      readonly during: 'read' | 'load' | 'write'
      readonly error: unknown
    }
  | { readonly kind: 'set' | 'delete'; readonly key: string }
  | { readonly kind: 'invalidate'; readonly tags: readonly string[] }
  | { readonly kind: 'clear' }
