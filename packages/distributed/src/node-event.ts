import type { News } from './effect.ts'
import type { TransportError } from './transport.ts'

/** What `distributed` tells its `onEvent`. */
export type NodeEvent =
  | News
  /** It listens there, and was announced to the coordinator or is about to be. */
  | { readonly kind: 'listening'; readonly address: string }
  /** It cannot listen. */
  | { readonly kind: 'not-listening'; readonly error: unknown }
  /** The coordinator does not answer as it should; null: it does again. Reads and writes go on meanwhile. */
  | { readonly kind: 'coordinator'; readonly error: unknown }
  /** Something was refused on the network, or a connection was lost; the node goes on. */
  | { readonly kind: 'fault'; readonly error: TransportError }
