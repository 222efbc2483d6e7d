import { stalenessOf } from './calls.ts'
import { isLeased } from './lease.ts'
import type { Runtime } from './runtime.ts'
import type { TransportStatus } from './transport.ts'

/** One other member, as the leader sees it. */
export interface PeerStatus {
  readonly id: string
  readonly inSync: boolean
  /** Writes that it has not acknowledged. */
  readonly behind: number
  /** Milliseconds since it last had all that there was. */
  readonly lag: number
}

/** How a node stands. */
export interface NodeStatus {
  /** Its id among the members. */
  readonly id: string
  /** `joining`: it has not caught up yet, and reads are asked of the leader. */
  readonly role: 'leader' | 'follower' | 'joining'
  readonly term: number
  /** The leader that it knows of. */
  readonly leader: string | null
  /** Names the line of data; it changes where acknowledged writes may have been lost. */
  readonly history: string | null
  /** The end of its log, what of it is committed, and what its data shows. */
  readonly offset: number
  readonly committed: number
  readonly applied: number
  /** Milliseconds by which its reads may be behind, at most. */
  readonly staleness: number
  /** Whether it may answer as the leader now: it has the promises of all members in sync. */
  readonly leased: boolean
  /** The members whose copies count, as the record says. */
  readonly inSync: readonly string[]
  /** The members that are there. */
  readonly members: readonly string[]
  /** Told by the leader alone. */
  readonly peers: readonly PeerStatus[]
  /** Keys that it holds, and their estimated heap. */
  readonly keys: number
  readonly bytes: number
  /** Calls that are open. */
  readonly calls: number
  /** Blocking commands, of callers on any node, that wait at this leader. */
  readonly waiters: number
  /** Bytes of the log that are kept for members that were away. */
  readonly ring: number
  /** Why the coordinator is of no help now, null while it is. */
  readonly coordinator: unknown
  /** The connections to other nodes, and what was refused on them; null until there are any. */
  readonly network: TransportStatus | null
}

export function statusOf({
  node,
  trouble,
  network,
}: Pick<Runtime, 'node' | 'trouble' | 'network'>): NodeStatus {
  const { leading, log, now } = node
  const inSync = leading?.inSync ?? node.record?.state.inSync ?? []
  return {
    id: node.id,
    role: leading ? 'leader' : node.synced ? 'follower' : 'joining',
    term: node.term,
    leader: node.leader,
    history: node.history,
    offset: log.last,
    committed: node.commit,
    applied: node.applied,
    staleness: stalenessOf(node),
    leased: leading !== null && isLeased(node, leading),
    inSync,
    members: node.members,
    peers: [...(leading?.followers ?? [])].map(([id, { match, levelAt }]) => ({
      id,
      inSync: inSync.includes(id),
      behind: log.last - match,
      lag: match === log.last ? 0 : Math.round(now.mono - levelAt),
    })),
    ...node.data.size,
    calls: node.calls.size,
    waiters: leading?.waiters.size ?? 0,
    ring: log.bytes,
    coordinator: trouble,
    network,
  }
}
