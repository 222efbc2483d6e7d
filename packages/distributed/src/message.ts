import type { Piece } from './data.ts'
import type { Acknowledgement, Command, Outcome, Place, RequestId } from './request.ts'
import type { DumpedRequests } from './requests.ts'
import type { Span } from './span.ts'
import type { Stretch } from './stretch.ts'

/** Leader to follower: what comes next in the log, and that the leader is there. Without entries it is a heartbeat. */
export interface Append {
  readonly kind: 'append'
  readonly term: number
  /** What stands before the entries; null until the follower was welcomed, who gets none until then. */
  readonly previous: { readonly offset: number; readonly term: number } | null
  readonly entries: Stretch
  readonly commit: number
  /** Nothing after the commit is older than this: what ends before may be forgotten once all up to the commit is applied. */
  readonly commitTime: number
  /** The end of the leader's log. */
  readonly tail: number
  /**
   * What the leader's time is at sending, if it has a lease: it may have one later by the promise that answers this, and
   * whoever takes over when that promise has ended must not be behind.
   */
  readonly time: number
  /** The leader's clock at sending: comes back with the acknowledgement, and dates the promise. */
  readonly stamp: number
  /** The follower's stamp that was heard last, given only under a lease: all of this was the truth after it. */
  readonly heard: number | null
}

/** Follower to leader: how far the follower's log is the leader's, and a promise. */
export interface Ack {
  readonly kind: 'ack'
  readonly term: number
  /** Cumulative; null until welcomed. */
  readonly match: number | null
  readonly applied: number
  readonly digest: number
  /** The leader's stamp that this answers. */
  readonly promised: number
  /** The follower's clock at sending. */
  readonly stamp: number
}

/** Follower to leader, to begin a stream: where the follower stands. */
export interface Hello {
  readonly kind: 'hello'
  readonly term: number
  readonly history: string | null
  readonly spans: readonly Span[]
  readonly last: number
  readonly applied: number
  /** The latest time at which its data was looked at: what had expired by then is gone. */
  readonly time: number
}

/** What a node without data needs besides the keys to go on from the end of the snapshot. */
export interface SnapshotEnd {
  readonly offset: number
  readonly term: number
  readonly time: number
  readonly digest: number
  readonly requests: DumpedRequests
}

/** A part of a snapshot. */
export interface Slice {
  readonly kind: 'slice'
  readonly term: number
  readonly history: string
  readonly snapshot: number
  readonly seq: number
  readonly pieces: readonly Piece[]
  /** Given with the last slice. */
  readonly end: SnapshotEnd | null
}

export type Message =
  | Append
  | Ack
  | Hello
  /** The stream goes on after `keep`. */
  | { readonly kind: 'welcome'; readonly term: number; readonly history: string; readonly keep: number }
  /** The follower's data leads nowhere: it begins another life without. */
  | { readonly kind: 'restart'; readonly term: number; readonly why: string }
  | Slice
  /** The follower has the slice of this number, and all before it. */
  | { readonly kind: 'sliced'; readonly term: number; readonly snapshot: number; readonly seq: number }
  | Forward
  | Reply
  /** The caller waits no more. */
  | { readonly kind: 'cancel'; readonly term: number; readonly id: RequestId }
  /** These calls of mine still wait at the leader: said now and then, by their numbers. */
  | { readonly kind: 'stay'; readonly term: number; readonly seqs: readonly number[] }
  /** Of these of yours I know nothing: send them again. */
  | { readonly kind: 'astray'; readonly term: number; readonly seqs: readonly number[] }
  /** Up to which place must I wait, to have seen all that was acknowledged until now? */
  | { readonly kind: 'ask'; readonly term: number; readonly seq: number }
  /** To be waited for: this place. Nothing after the tail is older than the place's time. */
  | {
      readonly kind: 'place'
      readonly term: number
      readonly seq: number
      readonly place: Place
      readonly tail: number
    }
  /** Do you hear the leader? */
  | { readonly kind: 'probe'; readonly term: number }
  | {
      readonly kind: 'probed'
      readonly term: number
      readonly hears: boolean
      /** Where its log ends, null where it holds no data. */
      readonly last: { readonly term: number; readonly offset: number } | null
    }
  /** Lead: I do no more. */
  | { readonly kind: 'transfer'; readonly term: number; readonly time: number }
  /** Take me out of the in-sync set. */
  | { readonly kind: 'leave'; readonly term: number }
  | { readonly kind: 'left'; readonly term: number }
  /** There is a higher term than yours. */
  | { readonly kind: 'fenced'; readonly term: number }

/** A call on its way to the leader, sent again until it is answered. */
export interface Forward {
  readonly kind: 'forward'
  readonly term: number
  readonly id: RequestId
  /** The lowest number of the origin's calls that is still open. */
  readonly floor: number
  readonly command: Command
  readonly ack: Acknowledgement
  /** The leader's time after which it is not executed any more. */
  readonly until: number
  /** Milliseconds that a blocking command has left to wait. */
  readonly wait: number
}

export interface Reply {
  readonly kind: 'reply'
  readonly term: number
  readonly seq: number
  readonly result: Result
}

/** What became of a forwarded call. */
export type Result =
  | {
      readonly kind: 'done'
      readonly outcome: Outcome
      readonly place: Place
      /** Whether it is in the log: then every leader says the same. */
      readonly logged: boolean
    }
  /** Nothing was executed, nor will be. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'cancelled' }
