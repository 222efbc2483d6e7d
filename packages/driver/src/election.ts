/** One node that is there, as the coordinator lists it. */
export interface Member {
  /** Names the node for one run: a restarted node is another member. */
  readonly id: string
  /** Where the node listens. */
  readonly address: string
}

/** The guarded record: who leads, in which term, and which members are in sync. */
export interface Guarded<State> {
  readonly state: State
  /** Changes with every swap. */
  readonly revision: string
}

/**
 * Where nodes find each other and agree on one record. Every call ends by its own deadline with
 * CacheError `UNAVAILABLE` or `TIMEOUT`; after `TIMEOUT` a swap may have happened.
 */
export interface Coordinator<State = unknown> {
  /** Announces this node until the function it answers is called, or its lease runs out with the process. */
  join(member: Member): Promise<() => Promise<void>>
  /** The members that are there now. */
  members(): Promise<readonly Member[]>
  /** The record, null before the first swap; read so that no older state than the latest swap is answered. */
  get(): Promise<Guarded<State> | null>
  /** Writes the record only if it still has the revision (null: only the first); answers whether it did. */
  swap(revision: string | null, next: State): Promise<boolean>
  /** Calls back when members or record may have changed: a hint to look again, never the news itself. */
  subscribe(listener: () => void): () => void
  close(): Promise<void>
}
