import { CacheError } from '@jcache/driver'
import { holds } from './holds.ts'

/** Bits behind the point of the numbers below: more than 17 decimals can show the want of. */
const POINT = 200n
/** Decimals that are kept. */
const DECIMALS = 17
/** Redis reads texts up to this length as numbers. */
const LONGEST = 5_119

/**
 * The sum of the number in the text (0 without text) and the increment, for the key or its field, as Redis stores it on
 * x86: added as long doubles, with 64 bits of precision, and written with at most 17 decimals. So 0.1 and 0.2 make 0.3.
 * Throws `NOT_A_NUMBER` where the text is no decimal number, `OUT_OF_RANGE` where a double cannot hold the sum.
 */
export function addFloats(text: string | undefined, increment: number, key: string, field?: string): string {
  const old = parsed(text ?? '0')
  const added = parsed(String(increment))
  const sum = old !== undefined && added !== undefined ? rounded(old + added) : undefined
  if (sum !== undefined && Number.isFinite(Number(sum >> POINT))) return decimal(sum)

  const found = holds(text, key, field)
  throw old === undefined
    ? new CacheError('NOT_A_NUMBER', `${found}, not a number`)
    : new CacheError('OUT_OF_RANGE', `${found}: plus ${increment} is beyond what a number can be`)
}

/** The long double that the text stands for, times 2^200; undefined for other texts and those out of its range. */
function parsed(text: string): bigint | undefined {
  const [, sign, whole = '', part = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? []
  if (!(whole || part) || text.length > LONGEST) return undefined
  const digits = BigInt(whole + part)
  if (digits === 0n) return digits
  const power = Number(exponent) - part.length
  const size = String(digits).length + power
  // What lies outside of these would be infinite, or nothing.
  if (!(size > -4_950 && size <= 4_933)) return undefined
  const scale = 10n ** BigInt(Math.abs(power))
  const shifted = digits << POINT
  // A remainder leaves its mark in the last bit, so that it is not taken for a half.
  const found = power >= 0 ? shifted * scale : (shifted / scale) | (shifted % scale ? 1n : 0n)
  return rounded(sign === '-' ? -found : found)
}

/** The nearest with 64 significant bits. */
function rounded(number: bigint): bigint {
  const spare = BigInt(Math.max(absolute(number).toString(2).length - 64, 0))
  return halved(number, spare) << spare
}

/** Divided by two so many times and rounded to the nearest, halves to the even one. */
function halved(number: bigint, times: bigint): bigint {
  return times ? (number + (1n << (times - 1n)) - 1n + ((number >> times) & 1n)) >> times : number
}

function absolute(number: bigint): bigint {
  return number < 0n ? -number : number
}

function decimal(number: bigint): string {
  const places = halved(number * 10n ** BigInt(DECIMALS), POINT)
  const digits = String(absolute(places)).padStart(DECIMALS + 1, '0')
  const text = `${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`.replace(/\.?0+$/, '')
  return places < 0n ? `-${text}` : text
}
