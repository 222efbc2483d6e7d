import type { CacheError } from '@jcache/driver'

/** What is told to `onEvent`. */
export type EtcdEvent =
  /** A server failed a call or a stream; the next one is tried, or the same again. */
  | { readonly kind: 'server-failed'; readonly host: string; readonly during: string; readonly error: Error }
  /** etcd no longer has the lease of a key, so the key is gone; it is put there again. */
  | { readonly kind: 'lease-lost'; readonly key: string }
  /** A key that was gone is there again. */
  | { readonly kind: 'restored'; readonly key: string }
  /** What went on in the background failed on all servers; it is tried again. */
  | { readonly kind: 'failed'; readonly during: string; readonly error: CacheError }
  /** This elector leads. */
  | { readonly kind: 'elected'; readonly token: number }
  /** This elector leads no longer. */
  | { readonly kind: 'deposed'; readonly token: number; readonly why: Deposed }

/**
 * - `resigned`: by `resign` or `close`.
 * - `lease`: no keep-alive was acknowledged in time, or etcd no longer has the lease.
 * - `key`: someone else removed or replaced the key.
 */
export type Deposed = 'resigned' | 'lease' | 'key'
