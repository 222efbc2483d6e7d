import type { Result } from './message.ts'

/** A reply that waits until enough members hold the offset. */
export interface Pending {
  readonly offset: number
  /** So many members, or null: committed. */
  readonly copies: number | null
  readonly to: string
  readonly seq: number
  readonly result: Result
}

/** What became of a call that changed nothing; it holds once the offset is committed. */
export interface Unlogged {
  readonly offset: number
  readonly result: Result
}
