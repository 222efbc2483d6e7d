/** How the machine is set. All times in milliseconds. */
export interface Options {
  /** How often it is told the time, at least: the grain of all that happens by time. */
  readonly tick: number
  /** How often the leader says that it is there. */
  readonly heartbeat: number
  /** How long who heard the leader promises not to take over. The longest stall that costs no change of leader. */
  readonly promise: number
  /** Who lags behind for longer leaves the in-sync set. Below `promise`, so that one slow member never costs the lease. */
  readonly lag: number
  /** How long until what was not answered is asked again. */
  readonly retry: number
  /** Bytes of the log kept for who was away; while half of them are written, a full sync goes over to newer data. */
  readonly ring: number
  /** Bytes on the way to one follower. */
  readonly window: number
  /** Bytes of one message of a snapshot or of the log: a turn is taken up with one of those, or some of these. */
  readonly slice: number
  /** Bytes of the largest message: four windows at least. */
  readonly message: number
  /** Bytes that may wait for their commit; beyond, writes are refused. */
  readonly uncommitted: number
  /** In-sync members, the leader included, below which writes acknowledged by them are refused. */
  readonly minInSync: number
  /** Calls that one node has open; beyond, they are refused. */
  readonly calls: number
  /** How long a write waits for a leader. */
  readonly leaderWait: number
  /** How long requests are remembered: longer than any of them lasts. */
  readonly memory: number
  /** What to do when no in-sync member is left: begin anew, go on from the longest log that is left, or wait. */
  readonly unclean: 'flush' | 'stale' | 'halt'
  /** How long they must be gone before that. */
  readonly uncleanAfter: number
}

/** For machines that stall seldom: a frozen leader is replaced within half a second. */
export function fast(): Options {
  return {
    tick: 20,
    heartbeat: 60,
    promise: 300,
    lag: 200,
    retry: 100,
    ring: 64 << 20,
    window: 8 << 20,
    slice: 64 << 10,
    message: 256 << 20,
    uncommitted: 32 << 20,
    minInSync: 1,
    calls: 100_000,
    leaderWait: 2_000,
    memory: 60_000,
    unclean: 'flush',
    uncleanAfter: 10_000,
  }
}
