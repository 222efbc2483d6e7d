/** What a slot of the keyspace costs beside its key and value: its place in the index and in the columns. */
export const SLOT_BYTES = 96

/** Estimated heap of a text in bytes: V8 keeps one byte a character up to U+00FF, else two. O(1). */
export function sizeOf(text: string): number {
  return 16 + text.length
}
