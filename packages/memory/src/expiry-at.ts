/** An instant as the keyspace takes it, 0 for none: the instant 0 itself is as past as the one before it. */
export function expiryAt(at: number | null | undefined): number {
  return typeof at === 'number' ? at || -1 : 0
}
