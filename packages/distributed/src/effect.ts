import type { Message } from './message.ts'
import type { Authority } from './record.ts'
import type { Outcome, Place } from './request.ts'

/** How a call ended. */
export type Answer =
  | { readonly kind: 'done'; readonly outcome: Outcome; readonly place: Place; readonly staleness: number }
  /** `executed: 'no'` is certain: nothing was, nor will be. */
  | {
      readonly kind: 'failed'
      readonly code: Failure
      readonly executed: 'no' | 'unknown'
      readonly message: string
    }
  | { readonly kind: 'cancelled' }

export type Failure = 'INVALID_ARGUMENT' | 'NO_LEADER' | 'TIMEOUT' | 'UNAVAILABLE' | 'CLOSED'

/** What a node wants done. */
export type Effect =
  | { readonly kind: 'send'; readonly to: string; readonly message: Message }
  /** What was sent goes at once. */
  | { readonly kind: 'hasten' }
  /** Come back with the event `flush` when all that is at hand was told. */
  | { readonly kind: 'flush' }
  | { readonly kind: 'answer'; readonly seq: number; readonly answer: Answer }
  /** Ask the coordinator for record and members, then come back with the event `seen`. */
  | { readonly kind: 'look' }
  /** Write the record, then come back with the event `swapped`. One question to the coordinator at a time. */
  | { readonly kind: 'swap'; readonly revision: string | null; readonly next: Authority }
  /** This node is another member from now on. */
  | { readonly kind: 'announce'; readonly id: string }
  /** The node has left: nothing more will come of it. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'tell'; readonly news: News }

/** What users and transcripts are told. */
export type News =
  | { readonly kind: 'leading'; readonly term: number; readonly offset: number }
  | { readonly kind: 'serving'; readonly term: number }
  | { readonly kind: 'taking-over'; readonly term: number; readonly why: string }
  | { readonly kind: 'following'; readonly term: number; readonly leader: string; readonly from: number }
  | { readonly kind: 'stepped-down'; readonly term: number; readonly why: string }
  | { readonly kind: 'in-sync'; readonly members: readonly string[]; readonly why: string }
  | { readonly kind: 'snapshot'; readonly to: string; readonly offset: number }
  | { readonly kind: 'synced'; readonly offset: number }
  | { readonly kind: 'reborn'; readonly id: string; readonly why: string }
  | { readonly kind: 'fenced'; readonly term: number; readonly by: number }
  /** The coordinator has lost its data. A leader that is well writes the record anew; else it is as if none in sync were left. */
  | { readonly kind: 'record-lost'; readonly term: number }
  | { readonly kind: 'unclean'; readonly history: string }
  | { readonly kind: 'diverged'; readonly id: string; readonly offset: number }
