import type { Operation } from './data.ts'
import type { RequestId } from './request.ts'

/** One write, which happens as a whole, or the beginning of a term, which has no operations. */
export interface LogEntry {
  readonly term: number
  readonly offset: number
  /** The leader's time, never before that of the entry before it. */
  readonly time: number
  readonly operations: readonly Operation[]
  /** The call it came from, which may be asked again; null at the beginning of a term, and where nobody will. */
  readonly id: RequestId | null
  /** The lowest number of that origin's calls that is still open: below it nothing is asked again. */
  readonly floor: number
}
