/**
 * What a tier tells about changes made elsewhere.
 * `keys`: these changed; `all`: any key may have; `live`: from now on every change is told; `lost`: changes may go untold.
 */
export type Invalidation =
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  | { readonly kind: 'all' }
  | { readonly kind: 'live' }
  | { readonly kind: 'lost'; readonly cause?: unknown }

/** Subscribes to what changes elsewhere; answers the function that ends it. Not live until told so. */
export type Invalidations = (listener: (invalidation: Invalidation) => void) => () => void
