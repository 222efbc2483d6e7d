import type { Entry } from '@jcache/driver'
import type { Command, Outcome } from './request.ts'

/** One step of a logged write. Run at the same time on the same data, it does the same on every node. */
export type Operation =
  /** Runs the command; the reply is given where it was a matter of chance or of waiting. */
  | { readonly kind: 'run'; readonly command: Command; readonly reply?: unknown }
  /** Gives the key this value and expiry. */
  | { readonly kind: 'load'; readonly key: string; readonly entry: Entry }
  | { readonly kind: 'drop'; readonly keys: readonly string[] }

/** What a command did on the leader. */
export interface Execution {
  readonly outcome: Outcome
  /** What followers must do to come to the same data; empty where nothing changed. */
  readonly operations: readonly Operation[]
  /** The keys it may have changed, null for all. */
  readonly keys: readonly string[] | null
}

/** A read as a function of its arguments. */
export type Read = (...args: readonly unknown[]) => unknown

/** How much there is, keys included that have expired a moment ago. */
export interface Size {
  readonly keys: number
  /** Estimated heap of all keys and values. */
  readonly bytes: number
}

/** A key on its way to a node without data: what it holds, null if it is no more, or more of what came just before. */
export type Piece = readonly [key: string, entry: Entry | null, isMore: boolean]

/** The data as it was when this was made, handed out in pieces while writes go on. */
export interface Slices {
  /** Whether all was removed meanwhile: what was not handed out yet is nowhere any more, and the rest alone is no whole. */
  readonly isVoid: boolean
  /** The next pieces, of about so many bytes; none when all were handed out. */
  next(bytes: number): readonly Piece[]
  /** Goes over to the data as it is now: what has changed since the moment before is handed out again. O(keys that changed). */
  renew(): void
  /** Lets go of it: nothing is kept for it any more. */
  close(): void
}

/**
 * The data that is replicated, told the time with every call: it has no clock. What it does depends on nothing but its
 * content, the call and the time, chance on the leader excepted.
 */
export interface Data {
  /** The time of what `reader` answers. */
  time: number
  modeOf(command: Command): 'read' | 'write' | 'block'
  /** What becomes of a command that nobody can run, undefined for others: asked before anything else is. */
  misuse(command: Command): Outcome | undefined
  /** The keys that the command names, null where it works on all. */
  keysOf(command: Command): readonly string[] | null
  /**
   * Runs a write on the leader. A command that has to wait answers null; asked again since a key was filled (`woken`), it
   * passes over keys that hold something else.
   */
  execute(command: Command, time: number, woken?: boolean): Execution | null
  /** Does what was logged; answers the outcome that the leader's caller got. */
  apply(operations: readonly Operation[], time: number): Outcome
  read(command: Command, time: number): Outcome
  /** The read of this name, straight from the data: what it answers is the caller's own. Throws what it fails with. */
  reader(name: string): Read
  /** A number made from what the keys hold, equal where they hold the same. O(keys). */
  witness(keys: readonly string[] | null): number
  slices(time: number): Slices
  load(pieces: readonly Piece[]): void
  /** Removes some of what has expired by then though nobody has read it: to be called again and again. */
  expire(time: number): void
  readonly size: Size
  clear(): void
}
