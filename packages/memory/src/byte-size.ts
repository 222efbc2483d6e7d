/** A size: bytes, or a number with its unit of 1024s: `'512kb' | '64mb' | '1gb'`. */
export type ByteSize = number | `${number}${'kb' | 'mb' | 'gb'}`

/** The size in whole bytes, rounded down; NaN where it is none. */
export function bytesOf(size: unknown): number {
  if (typeof size === 'number') return Math.floor(size)
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([kmg])b$/.exec(String(size)) ?? []
  return Math.floor(Number(digits) * 1024 ** ' kmg'.indexOf(unit))
}
