import type { ErrorCode } from '@jcache/driver'

/** A command with arguments as drivers get them; nothing in it but data. */
export interface Command {
  readonly name: string
  readonly args: readonly unknown[]
}

/** Names one call for ever: the process it came from and its number there. */
export interface RequestId {
  readonly origin: string
  readonly seq: number
}

/**
 * Whose numbers they are: commands that wait have an origin of their own in each process, so that one that waits for long
 * keeps what came to all others from being forgotten no longer than they last.
 */
export function originOf(process: string, mode: 'read' | 'write' | 'block'): string {
  return mode === 'block' ? `${process}/waiting` : process
}

/** What a command came to: its reply, or the error it failed with. A failed command changed nothing. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string }

/** A place in the history of the data: what a session has seen, and where a reply stands among all writes. */
export interface Place {
  /** Names a line of data; it changes where acknowledged writes may have been lost. */
  readonly history: string
  readonly offset: number
  /** The leader's time, in Unix milliseconds: which keys had expired. */
  readonly time: number
}

/** How many must hold a write before it is acknowledged: all in-sync members, the leader alone, or so many members. */
export type Acknowledgement = 'in-sync' | 'leader' | number

/** How fresh a read must be. */
export type ReadLevel =
  | { readonly kind: 'local' }
  | { readonly kind: 'linearizable' }
  /** Not older than so many milliseconds. */
  | { readonly kind: 'staleness'; readonly most: number }
  /** Not before this place, which the session has seen; null where it has seen nothing. */
  | { readonly kind: 'session'; readonly seen: Place | null }

/** A call as its caller wants it. */
export interface Wish {
  readonly command: Command
  readonly ack: Acknowledgement
  readonly read: ReadLevel
  /** Milliseconds until it is answered, whatever happens. */
  readonly deadline: number
  /** Milliseconds that a blocking command waits; less than the deadline. */
  readonly wait: number
}

/** The place from which all is seen that was seen at either. */
export function laterPlace(seen: Place | null, next: Place): Place {
  if (!seen) return next
  if (seen.history !== next.history) return eraOf(seen.history) > eraOf(next.history) ? seen : next
  return { ...next, offset: Math.max(seen.offset, next.offset), time: Math.max(seen.time, next.time) }
}

/** Which of two histories is the later one: the term that began it. */
export function eraOf(history: string | null): number {
  return Number.parseInt(history ?? '0', 10)
}
