import { CacheError } from '@jcache/driver'

/**
 * The sum of the integer in the text (0 without text) and the increment.
 * Throws `NOT_A_NUMBER` where the text is no integer in Redis's form, `OUT_OF_RANGE` where a double cannot hold the sum exactly.
 */
export function addIntegers(key: string, text: string | undefined, increment: number): number {
  if (text !== undefined && !/^(0|-?[1-9]\d{0,18})$/.test(text))
    throw new CacheError('NOT_A_NUMBER', `${key} holds ${JSON.stringify(text.slice(0, 40))}, not an integer`)
  const sum = Number(text ?? 0) + increment
  if (Number.isSafeInteger(Number(text ?? 0)) && Number.isSafeInteger(sum)) return sum
  throw new CacheError(
    'OUT_OF_RANGE',
    `${key}: ${text} plus ${increment} is beyond ±2^53 and would not be exact`,
  )
}
