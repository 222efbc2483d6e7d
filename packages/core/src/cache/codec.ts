/** Makes texts of values and values of texts; both at once, not by promise. */
export interface Codec {
  /** The text of the value; throws where it could not be given back as it is. */
  encode(value: unknown): string
  /** A new value from the text, equal to the one it was made of. */
  decode(text: string): unknown
}
