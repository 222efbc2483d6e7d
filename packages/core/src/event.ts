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
  /** Copies were dropped because their keys changed elsewhere; `all`: any key may have. */
  | { readonly kind: 'invalidated'; readonly keys: readonly string[] | 'all' }
  /** Changes made elsewhere are now told, or no longer. */
  | { readonly kind: 'stream'; readonly state: 'live' | 'lost' }
