import { type Duration, milliseconds, optionsOf } from '@jcache/driver'
import type { Acknowledgement, ReadLevel } from './request.ts'

/** How the calls of one view of the tier are made. */
export interface Ways {
  readonly read: ReadLevel
  readonly acknowledge: Acknowledgement
  /** Milliseconds that a call may take, besides what a blocking command waits. */
  readonly commandTimeout: number
}

/**
 * How fresh a read must be.
 *
 * - `local`: what this node holds, at the speed of the process; it may be behind, and never shows what is not committed.
 * - `{ maxStaleness }`: not older than so long, else the leader is asked.
 * - `session`: never older than what the same session has read or written before, on any node.
 * - `linearizable`: what was acknowledged `in-sync` anywhere before the call is seen; costs a round trip to the leader.
 */
export type Read = 'local' | 'session' | 'linearizable' | { readonly maxStaleness: Duration }

/** How calls are made; each has a default in the options of the node. */
export interface Levels {
  readonly read?: Read
  /**
   * How many must hold a write before it is answered: `in-sync` (all members in sync, so that it survives as long as one
   * of them lives), `leader` (the leader alone: it may be lost with it), or so many members.
   */
  readonly acknowledge?: Acknowledgement
}

/** The level as the machine takes it; undefined where it is none. */
function readLevel(read: unknown): ReadLevel | undefined {
  if (read === 'local' || read === 'linearizable') return { kind: read }
  if (read === 'session') return { kind: 'session', seen: null }
  if (typeof read !== 'object' || read === null || !('maxStaleness' in read)) return undefined
  return { kind: 'staleness', most: milliseconds(read.maxStaleness as Duration) }
}

/** The level as the machine takes it; undefined where it is none. */
function acknowledgement(given: unknown): Acknowledgement | undefined {
  if (given === 'in-sync' || given === 'leader') return given
  return typeof given === 'number' && Number.isSafeInteger(given) && given >= 1 ? given : undefined
}

/** The kinds of these options. */
export const levels: {
  readonly read: readonly [string, (given: unknown) => ReadLevel | undefined]
  readonly acknowledge: readonly [string, (given: unknown) => Acknowledgement | undefined]
} = {
  read: ["'local', 'session', 'linearizable' or { maxStaleness: '5s' }", readLevel],
  acknowledge: ["'in-sync', 'leader' or a number of members", acknowledgement],
}

/** The ways of calls with these levels. @throws CacheError `INVALID_ARGUMENT` for levels that there are not. */
export function waysOf<Defaults extends Ways>(given: Levels, defaults: Defaults): Ways {
  const { read, acknowledge, commandTimeout } = defaults
  return { read, acknowledge, commandTimeout, ...optionsOf('distributed', levels, given) }
}
