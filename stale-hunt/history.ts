/**
 * What happened, by one clock that all processes of the machine share. Every key has one writer, who numbers what they
 * write: a read is judged by the number that it finds.
 */

/** Milliseconds by the monotonic clock of the machine. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/** Something that may have taken place at any moment of a span. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface Write extends Span {
  readonly key: string
  /** What is read from then on; null after a delete. */
  readonly version: number | null
  /** Whether the writer was told that it succeeded. If not, it may still take place, or never. */
  readonly known: boolean
}

export interface Read extends Span {
  readonly key: string
  readonly version: number | null
  /** How it was asked. */
  readonly by: string
  /** Whether a near copy was there when it was asked. */
  readonly near: boolean
}

/** What one process did. */
export interface Diary {
  readonly process: number
  /** Milliseconds for which it reads copies that it knows may be over. */
  readonly staleness: number
  readonly writes: Write[]
  readonly reads: Read[]
  /** When the process did not run, for want of a processor. */
  readonly stalls: Span[]
}

/** What befell the server. */
export interface Events {
  /** Every key was removed at some moment of these. */
  readonly flushes: Span[]
  /** It answered nothing during these. */
  readonly freezes: Span[]
}
