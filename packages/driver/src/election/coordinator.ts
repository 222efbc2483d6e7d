/** One node that is there, as the coordinator lists it. */
export interface Member {
  /** Names the node for one run: a restarted node is another member. Not empty. */
  readonly id: string
  /** Where the node listens. Not empty. */
  readonly address: string
}

/** The guarded record: who leads, in which term, and which members are in sync. */
export interface Guarded<State> {
  readonly state: State
  /** Changes with every swap. Compare it, read nothing from it. */
  readonly revision: string
}

/**
 * Where nodes find each other and agree on one record. Every call ends by its own deadline with CacheError:
 * `UNAVAILABLE`: it did not happen, `TIMEOUT`: not known. After `close`: `CLOSED`.
 * Each node has a coordinator of its own, which it closes. The kit for coordinators is `coordinatorConformance`.
 */
export interface Coordinator<State = unknown> {
  /**
   * Announces this node until the function it answers is called, `close` is, or its lease runs out with the process.
   * A coordinator that loses the lease while the process lives announces the node again by itself. An id that is
   * announced already gets the new address. @throws CacheError `INVALID_ARGUMENT` for a member without id or address.
   */
  join(member: Member): Promise<() => Promise<void>>
  /** The members that are there now, each once, in no order; read anew with each call. */
  members(): Promise<readonly Member[]>
  /** The record, null before the first swap; read so that no older state than the latest swap is answered. */
  get(): Promise<Guarded<State> | null>
  /**
   * Writes the record only if it still has the revision (null: only the first); answers whether it did. The state is
   * what JSON keeps. @throws CacheError `INVALID_ARGUMENT` for what JSON would lose.
   */
  swap(revision: string | null, next: State): Promise<boolean>
  /**
   * Calls back when members or record may have changed: a hint to look again, never the news itself. It may come without
   * a change. The listener must not throw.
   */
  subscribe(listener: () => void): () => void
  /** Takes this node's members off the list and ends everything; may be called again. */
  close(): Promise<void>
}
