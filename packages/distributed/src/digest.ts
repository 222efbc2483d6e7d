/** One number from two, well stirred: nodes that applied the same come to the same. */
export function mixed(left: number, right: number): number {
  const stirred = Math.imul(left ^ (left >>> 15), 0x2c1b3c6d) ^ Math.imul(right + 0x9e3779b9, 0x297a2d39)
  return (stirred ^ (stirred >>> 13)) >>> 0
}
