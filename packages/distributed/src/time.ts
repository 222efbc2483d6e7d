/** What time it is, as the one who calls the machine read it; the machine has no clock. */
export interface Time {
  /** Milliseconds that never run backwards, from any start: for promises, leases and timeouts. */
  readonly mono: number
  /** Unix time in milliseconds by this node's own clock, which may be wrong: for the expiry of keys. */
  readonly wall: number
}
