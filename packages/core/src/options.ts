import { CacheError, type Duration, milliseconds } from '@jcache/driver'
import type { ClientEvent } from './event.ts'

/** Options of a client; the defaults are safe for production. */
export interface ClientOptions {
  /** How long a call to a shared tier may take. Default `'1s'`. */
  readonly deadline?: Duration
  /** Failures in a row after which a shared tier is left alone. Default 5. */
  readonly failures?: number
  /** How long it is left alone, before one call probes it. Default `'1s'`. */
  readonly pause?: Duration
  /** How long a near copy lives at most. Default: `'5s'`, or as long as its source where truth tells of changes. */
  readonly nearTtl?: Duration
  /**
   * How long near copies are still read after changes made elsewhere are no longer told, as when the connection that tells
   * them is lost. Default 0: they are dropped at once, and reads go to truth until it tells again.
   */
  readonly maxStaleness?: Duration
  /** How long it is kept near that truth has no such key. Default 0: not at all, truth is asked each time. */
  readonly absentTtl?: Duration
  /** Part of a near copy's life taken from it by chance, from 0 to 1, so that copies do not all end at once. Default 0. */
  readonly jitter?: number
  /** The largest entry that is copied into nearer tiers, in characters of all its texts. Default 1,000,000. */
  readonly entryLimit?: number
  /** Called with what the client does; a call costs more while this is set. */
  readonly onEvent?: (event: ClientEvent) => void
  /** Unix time in milliseconds. Default `Date.now`. */
  readonly now?: () => number
  /** A number from 0 up to 1, for jitter. Default `Math.random`. */
  readonly random?: () => number
}

/** The options with their defaults, durations in milliseconds. */
export interface ReadyOptions {
  readonly deadline: number
  readonly failures: number
  readonly pause: number
  readonly nearTtl: number | undefined
  readonly maxStaleness: number
  readonly absentTtl: number
  readonly jitter: number
  readonly entryLimit: number
  readonly onEvent: ((event: ClientEvent) => void) | undefined
  readonly now: () => number
  readonly random: () => number
}

/** Throws CacheError `INVALID_ARGUMENT` for options that are unknown or out of their range. */
export function readyOptions(given: ClientOptions): ReadyOptions {
  const {
    deadline = 1_000,
    failures = 5,
    pause = 1_000,
    nearTtl,
    maxStaleness = 0,
    absentTtl = 0,
    jitter = 0,
    entryLimit = 1_000_000,
    ...rest
  } = given
  const { onEvent, now = Date.now, random = Math.random, ...unknown } = rest
  const [name] = Object.keys(unknown)
  if (name) throw invalid(`there is no option ${name}`)
  for (const [option, given] of Object.entries({ onEvent, now, random }))
    if (given !== undefined && typeof given !== 'function')
      throw invalid(`${option} must be a function, found ${String(given)}`)
  if (!(failures >= 1)) throw invalid(`failures must be at least 1, found ${failures}`)
  if (!(jitter >= 0 && jitter <= 1)) throw invalid(`jitter must be from 0 to 1, found ${jitter}`)
  if (!(entryLimit >= 0)) throw invalid(`entryLimit must be at least 0, found ${entryLimit}`)
  return {
    deadline: span('deadline', deadline, 1),
    failures,
    pause: span('pause', pause, 0),
    nearTtl: nearTtl === undefined ? undefined : span('nearTtl', nearTtl, 0),
    maxStaleness: span('maxStaleness', maxStaleness, 0),
    absentTtl: span('absentTtl', absentTtl, 0),
    jitter,
    entryLimit,
    onEvent,
    now,
    random,
  }
}

function span(option: string, given: Duration, least: number): number {
  try {
    const ms = milliseconds(given)
    if (ms >= least) return ms
  } catch {}
  throw invalid(
    `${option} must be a duration${least ? ' above zero' : ''}, as 500 (milliseconds) or '5m', found ${String(given)}`,
  )
}

function invalid(problem: string): CacheError {
  return new CacheError('INVALID_ARGUMENT', `createClient: ${problem}`)
}
