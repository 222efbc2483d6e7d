import type { Authority } from './record.ts'

/**
 * The rules that keep acknowledged writes and tell no lies, each said once. They are handed to the machine so that a test
 * can break them one by one and see that the simulator notices.
 */
export interface Rules {
  /** Fence: a message of a lower term comes from a past that is over. */
  isStale(term: number, known: number): boolean
  /** Only an in-sync member may lead: it holds all that was committed. A restarted node is another member. */
  mayLead(record: Authority, id: string): boolean
  /** While a change of the in-sync set is under way, both sets count: nobody knows which of them is the record's. */
  counted(inSync: readonly string[], proposed: readonly string[] | null): readonly string[]
  /** Committed is what the leader and all that count hold. */
  committed(own: number, others: readonly number[]): number
  /** What is not committed may never come to be, so that nobody may see it. */
  mayShow(commit: number, offset: number): boolean
  /** What is acknowledged in sync is held by so many, also if they have become fewer since. */
  isEnough(inSync: number, wanted: number): boolean
  /** Who acknowledged a heartbeat has promised not to take over until then. */
  isBound(now: number, promisedUntil: number): boolean
  /** Who is about to take over acknowledges nothing: a promise now would be broken at once. */
  mayAcknowledge(takingOver: boolean): boolean
  /** Entries are appended only to what stands before them at the leader. */
  follows(previous: number, previousTerm: number, last: number, termThere: number | undefined): boolean
  /** A request that is in the log is answered, not executed again. */
  isRepeated(found: boolean): boolean
}

/** Of a promise's time, the part that the leader relies on: clocks may differ by a hundredth in speed. */
export const TRUSTED = 0.98

/** A function, so that a bundle without machine has none of it. */
export function soundRules(): Rules {
  return {
    isStale: (term, known) => term < known,
    mayLead: (record, id) => record.inSync.includes(id),
    counted: (inSync, proposed) => (proposed ? [...new Set([...inSync, ...proposed])] : inSync),
    committed: (own, others) => Math.min(own, ...others),
    mayShow: (commit, offset) => offset <= commit,
    isEnough: (inSync, wanted) => inSync >= wanted,
    isBound: (now, promisedUntil) => now < promisedUntil,
    mayAcknowledge: (takingOver) => !takingOver,
    follows: (previous, previousTerm, last, termThere) => previous <= last && termThere === previousTerm,
    isRepeated: (found) => found,
  }
}
