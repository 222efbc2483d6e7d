/**
 * What a tier tells about changes made elsewhere.
 * `keys`: these changed, or will by a call that is being sent; `all`: any key may have; `live`: from now on every change is told; `lost`: changes
 * may go untold, and may have since `since`, Unix time in milliseconds, where that is known to be earlier than now.
 */
export type Invalidation =
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  | { readonly kind: 'all' }
  | { readonly kind: 'live' }
  | { readonly kind: 'lost'; readonly cause?: unknown; readonly since?: number }

/** Subscribes to what changes elsewhere; answers the function that ends it. Not live until told so. */
export type Invalidations = (listener: (invalidation: Invalidation) => void) => () => void
