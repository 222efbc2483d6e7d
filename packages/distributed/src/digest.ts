/** One number from two, well stirred: nodes that applied the same come to the same. */
export function mixed(left: number, right: number): number {
  const stirred = Math.imul(left ^ (left >>> 15), 0x2c1b3c6d) ^ Math.imul(right + 0x9e3779b9, 0x297a2d39)
  return (stirred ^ (stirred >>> 13)) >>> 0
}

/** So many characters of a text are looked at. */
const LOOKS = 16

/** A number from a text: from its length and characters at equal distances, its last included. O(1). */
export function printOf(text: string): number {
  const last = text.length - 1
  let print = text.length
  for (let at = last; at >= 0; at -= Math.ceil(text.length / LOOKS))
    print = Math.imul(print ^ text.charCodeAt(at), 0x01000193)
  return print
}
