/**
 * The first byte of a value says what it is. What is said most often is the byte itself: whole numbers below 128, and the
 * length of texts below 64 bytes.
 */
export const tag = {
  null: 0x00,
  undefined: 0x01,
  false: 0x02,
  true: 0x03,
  /** A whole number of zero or more, in sevenths. */
  positive: 0x04,
  /** One below zero, by its distance to zero. */
  negative: 0x05,
  /** Any other number: fractions, what is beyond 2^53, infinities, NaN and -0. */
  double: 0x06,
  /** The text that recurred last in this parcel. */
  again: 0x07,
  /** A text of characters below 256, a byte each; its length follows. */
  latin1: 0x08,
  utf8: 0x09,
  /** A text with half a pair of surrogates, which UTF-8 would lose. */
  utf16: 0x0a,
  array: 0x0c,
  object: 0x0d,
  /** An object without prototype, as `hgetall` answers. */
  record: 0x0e,
  /** With the length of a text of characters below 256, itself below 64. */
  shortText: 0x40,
  /** With a whole number below 128. */
  small: 0x80,
} as const
