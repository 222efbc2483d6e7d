/** What a client tells its `onEvent`. */
export type ClientEvent =
  /** A read was answered, by the tier named; `ms` is how long it took. */
  | {
      readonly kind: 'answer'
      readonly command: string
      readonly key: string
      readonly tier: string
      readonly ms: number
    }
  /** Copies were dropped because their keys changed elsewhere; `all`: any key may have. */
  | { readonly kind: 'invalidated'; readonly keys: readonly string[] | 'all' }
  /** Changes made elsewhere are now told, or no longer. */
  | { readonly kind: 'stream'; readonly state: 'live' | 'lost' }
