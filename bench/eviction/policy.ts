/** A cache that is asked for keys: takes in what it did not hold. Answers whether it held the key. */
export type Ask = (key: number) => boolean

/** A policy for so many entries. */
export type Policy = (entries: number) => Ask

/** Takes the first of the keys out of them. */
export function shift(keys: Set<number>): number {
  const [first = -1] = keys
  keys.delete(first)
  return first
}
