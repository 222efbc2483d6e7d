import type { Invalidation } from '@jcache/driver'
import type { Redis } from 'ioredis'
import type { Primary } from './primaries.ts'

export type Tell = (invalidation: Invalidation) => void

/** A way in which a server tells what changed. */
export interface Telling {
  /** What it is called in messages. */
  readonly name: string
  /** What to do where the server refuses it. */
  readonly advice: string
  /** Of the connection: in RESP2 it takes few commands once the server tells, in RESP3 ioredis drops invalidations. */
  readonly protocol: 2 | 3
  /** Makes the server tell on this connection; when it resolves, every later change is told. */
  arm(client: Redis, tell: Tell): Promise<void>
  /**
   * Makes the server tell by the connection for calls as well, which `ask` asks in line with them; the changes that are
   * made on it are not told. Where there is no such thing, what `arm` does is enough.
   */
  join?(ask: Primary['ask']): Promise<void>
  /** Ends what `join` began. */
  leave?(ask: Primary['ask']): void
  /** Finds out, on the same connection, what the server does not tell by itself; asked from time to time. */
  look?(client: Redis, tell: Tell): Promise<void>
}
