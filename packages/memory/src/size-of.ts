/**
 * What a key costs beside its value: its place in the index and in the columns, and the head of its text, whose characters
 * are taken for one byte each. Measured in Node 22 with a ttl: 97 to 150 bytes, as index and columns grow by doubling.
 */
export const SLOT_BYTES = 120

/** Any character beyond one byte; V8 sees at once that a text of one-byte characters has none. */
const WIDE = /[\u0100-\uffff]/

/** Heap of a text in bytes: V8 keeps one byte a character up to U+00FF, else two, after a head of 16, in words of 8. */
export function sizeOf(text: string): number {
  return 20 + text.length * (WIDE.test(text) ? 2 : 1)
}
