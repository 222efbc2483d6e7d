import { CacheError } from './errors.ts'
import { whole } from './kinds/number.ts'
import { text } from './kinds/text.ts'
import { show } from './show.ts'

/** A length of time: milliseconds, or a number with its unit: `'250ms' | '30s' | '5m' | '1h' | '7d'`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`

/** A moment: Unix time in milliseconds, or a Date. */
export type Instant = number | Date

const unitOf = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** The duration in whole milliseconds, rounded up so that nothing above zero becomes zero; undefined where it is none. */
export function parsedDuration(duration: unknown): number | undefined {
  // From JavaScript anything may come; what is no text is not made one, as ['5m'] would be.
  const found = /^(\d+(?:\.\d+)?)(ms|[smhd])$/.exec(text(duration) ?? '')
  const ms = found ? Number(found[1]) * unitOf[found[2] as keyof typeof unitOf] : duration
  return typeof ms === 'number' && ms >= 0 ? whole(Math.ceil(ms)) : undefined
}

/**
 * As `parsedDuration`.
 *
 * @throws CacheError `INVALID_ARGUMENT` unless it is at least zero and at most 2^53.
 */
export function milliseconds(duration: Duration): number {
  const ms = parsedDuration(duration)
  if (ms !== undefined) return ms
  throw new CacheError(
    'INVALID_ARGUMENT',
    `a duration is wanted, milliseconds or '250ms', '30s', '5m', '1h', '7d'; found ${show(duration)}`,
  )
}
