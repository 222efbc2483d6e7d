import { callable, type Duration, duration, optionsOf, timeout } from '@jcache/driver'
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
  return {
    deadline: 1_000,
    failures: 5,
    pause: 1_000,
    nearTtl: undefined,
    maxStaleness: 0,
    absentTtl: 0,
    jitter: 0,
    entryLimit: 1_000_000,
    onEvent: undefined,
    now: Date.now,
    random: Math.random,
    ...optionsOf(
      'createClient',
      {
        deadline: duration,
        failures: ['a number from 1', (failures) => (failures >= 1 ? failures : undefined)],
        pause: timeout,
        nearTtl: timeout,
        maxStaleness: timeout,
        absentTtl: timeout,
        jitter: ['a number from 0 to 1', (jitter) => (jitter >= 0 && jitter <= 1 ? jitter : undefined)],
        entryLimit: ['a number from 0', (limit) => (limit >= 0 ? limit : undefined)],
        onEvent: ['a function', callable],
        now: ['a function', callable],
        random: ['a function', callable],
      },
      given,
    ),
  }
}
