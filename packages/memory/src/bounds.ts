/** Bounds and clock of a keyspace. */
export interface KeyspaceOptions {
  readonly maxEntries: number
  readonly maxBytes: number
  /** Unix time in milliseconds. */
  readonly now: () => number
  /** Called after a key was evicted to keep the bounds. */
  readonly onEvict?: ((key: string) => void) | undefined
}
