import { CacheError } from '@jcache/driver'
import { holds } from './holds.ts'

/**
 * The sum of the integer in the text (0 without text) and the increment, for the key or its field.
 * Throws `NOT_A_NUMBER` where the text is no integer in Redis's form, of 64 bits, `OUT_OF_RANGE` where a double cannot hold
 * the sum exactly.
 */
export function addIntegers(
  text: string | undefined,
  increment: number,
  key: string,
  field?: string,
): number {
  const digits = /^(0|-?[1-9]\d{0,18})$/.exec(text ?? '0')?.[0]
  const old = Number(digits)
  const sum =
    digits === undefined || Number.isSafeInteger(old)
      ? old + increment
      : Number(BigInt(digits) + BigInt(increment))
  if (Number.isSafeInteger(sum)) return sum

  const exact = digits !== undefined && String(BigInt.asIntN(64, BigInt(digits))) === digits
  throw new CacheError(
    exact ? 'OUT_OF_RANGE' : 'NOT_A_NUMBER',
    `${holds(text, key, field)}${exact ? `: plus ${increment} is beyond ±2^53` : ', not an integer'}`,
  )
}
