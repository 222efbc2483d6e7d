import type { News } from './effect.ts'

/** What `distributed` tells its `onEvent`. */
export type NodeEvent =
  | News
  /** It listens there, and was announced to the coordinator or is about to be. */
  | { readonly kind: 'listening'; readonly address: string }
  /** It cannot listen. */
  | { readonly kind: 'not-listening'; readonly error: unknown }
  /** The coordinator does not answer as it should; null: it does again. Reads and writes go on meanwhile. */
  | { readonly kind: 'coordinator'; readonly error: unknown }
