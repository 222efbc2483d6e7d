import type { Guarded } from '@jcache/driver/election'
import { adopt, isLost, look, stepDown, swap } from './coordination.ts'
import type { Election, Probed } from './election.ts'
import { lead } from './leader.ts'
import { estimatedTime, isLeased } from './lease.ts'
import { type Leading, type Node, send, tell } from './node.ts'
import { type Authority, begunAnew, founded, restored, takenOver } from './record.ts'

/**
 * Taking over: look (is it still so in the record?), probe (does another in-sync member hear the leader?), swap. From the
 * swap on this node is silent: it acknowledges nothing, until it knows whether it leads. Where there is no record, it asks the
 * same of those that are there, in case one has been lost. Of a leader that is gone for certain
 * there is nothing to ask: then the record is swapped as it is known, which fails where that is old.
 */
export function tickElection(node: Node): void {
  const { election, now, options } = node
  if (node.closing?.leftInSync) return
  if (election?.phase === 'probing') {
    const isOver = now.mono - election.since >= options.promise / 4
    if (isOver || [...election.answers.values()].every((answer) => answer !== null)) decide(node, election)
  } else if (election?.phase === 'swapping') {
    if (!node.asking && now.mono - node.lookedAt >= options.retry) look(node)
  } else if (!election && isLeaderless(node) && now.mono >= node.electionAt)
    begin(node, 'the promise has ended')
}

/** Whether nobody is known to lead whom this node has promised anything. */
function isLeaderless(node: Node): boolean {
  return !node.leading && !node.rules.isBound(node.now.mono, node.promisedUntil)
}

function begin(node: Node, why: string, isHandedOver = false): void {
  const { asking, now, record, released, rules, term } = node
  node.electionAt = now.mono + node.options.retry / 2
  const election = newElection(node, { why, isHandedOver, restores: false })
  const isGone = record?.state.term === term && record.state.leader === released
  if (isGone && !asking && rules.mayLead(record.state, node.id))
    trySwap(node, election, record, takenOver(record.state, node.id))
  else look(node)
}

function newElection(node: Node, of: Pick<Election, 'why' | 'isHandedOver' | 'restores'>): Election {
  const nothing = { record: null, next: null, unclean: false, answers: new Map() }
  const election: Election = { phase: 'looking', since: node.now.mono, ...nothing, ...of }
  node.election = election
  return election
}

/**
 * The coordinator has lost the record. Who leads for certain knows what stood in it, and takes over from itself, in another
 * term: a cluster that was founded meanwhile may have begun the same one.
 */
export function restore(node: Node, leading: Leading, record: Guarded<Authority> | null): void {
  const { history, id, term } = node
  if (history === null || !isLeased(node, leading)) return
  const next = restored(history, term, id, leading.inSync)
  tell(node, { kind: 'record-lost', term })
  stepDown(node, 'the record was lost')
  trySwap(
    node,
    newElection(node, { why: 'the record was lost', isHandedOver: true, restores: true }),
    record,
    next,
  )
}

/** The leader is proven to be dead. */
export function onDeath(node: Node, id: string): void {
  if (id === node.leader) beginAtOnce(node, 'the leader is dead')
}

/** The leader asks this node to take over, and says what time it was when it stopped. */
export function onTransfer(node: Node, from: string, time: number): void {
  if (from !== node.leader) return
  node.heard = { time: Math.max(time, estimatedTime(node)), at: node.now.mono }
  beginAtOnce(node, 'the leader hands over', true)
}

/** There is no promise to wait for: the leader will not answer as one again. */
function beginAtOnce(node: Node, why: string, isHandedOver = false): void {
  const { election } = node
  const isUnderWay = election !== null && node.released === node.leader
  if (node.leading || election?.phase === 'swapping' || isUnderWay || node.closing) return
  node.promisedUntil = node.now.mono
  node.released = node.leader
  begin(node, why, isHandedOver)
}

/** What the coordinator said, to a node that does not lead. */
export function onSeenAsFollower(
  node: Node,
  record: Guarded<Authority> | null,
  members: readonly string[],
): void {
  const { election } = node
  if (election?.phase === 'swapping') {
    settleSwap(node, election, record)
    return
  }
  if (record && record.state.term > node.term) {
    follow(node, record.state, 'the record says so')
    return
  }
  if (record && record.state.term === node.term && record.state.leader !== node.id)
    node.leader ??= record.state.leader
  if (election?.phase !== 'looking') return
  if (!isLeaderless(node)) node.election = null
  else if (isLost(node, record)) watchOver(node, election, record, members)
  else if ((record?.state.term ?? 0) < node.term) node.election = null
  else if (!record) probe(node, election, null, members, false)
  else if (node.rules.mayLead(record.state, node.id))
    probe(node, election, record, record.state.inSync, false)
  else watchOver(node, election, record, members)
}

/** Another leads. It has as much time to be heard as one that was heard just now. */
function follow(node: Node, { term, leader }: Authority, why: string): void {
  adopt(node, term, leader, why)
  node.promisedUntil = node.now.mono + node.options.promise
}

/**
 * This node is not in sync, or nobody knows any more who is: it may do no more than see whether anyone is left who is, or who
 * led and writes the record anew.
 */
function watchOver(
  node: Node,
  election: Election,
  record: Guarded<Authority> | null,
  members: readonly string[],
): void {
  const { now, options, term } = node
  const lost = isLost(node, record)
  node.election = null
  // The leader may have given it up while it was away.
  node.welcomed = 0
  const isOneThere = !lost && record?.state.inSync.some((id) => members.includes(id))
  if (members.length === 0 || isOneThere) node.goneSince = null
  else {
    if (lost && node.goneSince === null) tell(node, { kind: 'record-lost', term })
    node.goneSince ??= now.mono
  }
  if (node.goneSince === null || options.unclean === 'halt') return
  if (now.mono - node.goneSince < options.uncleanAfter) return
  if (lost && record?.state.term === term) {
    // A cluster that was founded since is in the same term: it learns that there was another.
    adopt(node, term + 1, null, 'the record was lost')
    return
  }
  node.election = election
  probe(node, election, record, members, true)
}

function probe(
  node: Node,
  election: Election,
  record: Guarded<Authority> | null,
  members: readonly string[],
  unclean: boolean,
): void {
  election.phase = 'probing'
  election.since = node.now.mono
  election.record = record
  election.unclean = unclean
  const leader = record?.state.leader
  if (node.released !== leader)
    for (const id of members) {
      if (id === node.id || id === leader) continue
      election.answers.set(id, null)
      send(node, id, { kind: 'probe', term: node.term })
    }
  if (election.answers.size === 0) decide(node, election)
}

/** Whether this node hears the leader, and what it holds. */
export function onProbe(node: Node, from: string): void {
  const { now, options, log } = node
  const hears = node.leading !== null || now.mono - node.promisedUntil < -options.promise / 2
  const last = node.synced ? { term: log.lastTerm, offset: log.last } : null
  send(node, from, { kind: 'probed', term: node.term, hears, last })
}

export function onProbed(node: Node, from: string, probed: Probed): void {
  const { election } = node
  if (election?.phase !== 'probing' || !election.answers.has(from)) return
  election.answers.set(from, probed)
  // Who is about to found a cluster learns here that there has been one: it must not begin with nothing.
  const isFounded = !election.record && !election.unclean && probed.last !== null
  if (probed.hears || isFounded) node.election = null
  else if ([...election.answers.values()].every((answer) => answer !== null)) decide(node, election)
}

function decide(node: Node, election: Election): void {
  const { record } = election
  if (node.asking) return
  if (!isLeaderless(node)) node.election = null
  else if (!election.unclean)
    trySwap(node, election, record, record ? takenOver(record.state, node.id) : founded(node.id))
  else if (isLongest(node, election)) {
    const next = begunAnew(Math.max(node.term, record?.state.term ?? 0), node.id)
    tell(node, { kind: 'unclean', history: next.history })
    trySwap(node, election, record, next)
  } else node.election = null
}

/** Whether no node that answered holds more than this one; where nothing of the data is kept, that does not matter. */
function isLongest(node: Node, { answers }: Election): boolean {
  if (node.options.unclean === 'flush') return true
  const { log, id, synced } = node
  const held = [...answers].filter((answer) => answer[1]?.last)
  const mine = synced ? { term: log.lastTerm, offset: log.last } : null
  return held.every(([other, answer]) => {
    const theirs = answer?.last
    if (!theirs) return true
    if (!mine || theirs.term !== mine.term) return mine !== null && mine.term > theirs.term
    return mine.offset > theirs.offset || (mine.offset === theirs.offset && id < other)
  })
}

function trySwap(node: Node, election: Election, record: Guarded<Authority> | null, next: Authority): void {
  election.phase = 'swapping'
  election.record = record
  election.next = next
  tell(node, { kind: 'taking-over', term: next.term, why: election.why })
  swap(node, record?.revision ?? null, next)
}

/** What became of the swap, as told. */
export function onSwappedAsFollower(node: Node, outcome: 'done' | 'refused' | 'unknown'): void {
  const { election } = node
  const next = election?.phase === 'swapping' ? election.next : null
  if (election && next && outcome === 'done') win(node, election, next)
  else look(node)
}

/**
 * What became of a swap whose answer was lost, as the record shows. As long as the record is the old one, it may still come;
 * where there is none, there may have been one meanwhile.
 */
function settleSwap(node: Node, election: Election, record: Guarded<Authority> | null): void {
  const { next } = election
  const before = election.record
  if (next && record?.state.term === next.term && record.state.leader === node.id) win(node, election, next)
  else if (next && before && record?.revision === before.revision) swap(node, before.revision, next)
  else if (next && election.restores && (record?.state.term ?? 0) < next.term)
    trySwap(node, election, record, next)
  else {
    node.election = null
    if (record && record.state.term > node.term) follow(node, record.state, 'outrun')
  }
}

/**
 * The time at which the next leader begins: it goes on from where it was, whatever this node's own clock says. Who jumps ahead
 * forgets what is still asked for. The leader before may have read until its lease was over, which was no later than the
 * promise that this node gave last: that matters where its death is proven, and nobody waited for that.
 */
function nextTime(node: Node, isHandedOver: boolean): number {
  const { heard, now, options } = node
  if (heard.time === 0) return Math.max(node.time, Math.floor(now.wall))
  return Math.max(estimatedTime(node), isHandedOver ? 0 : heard.time + options.promise)
}

function win(node: Node, { isHandedOver }: Election, next: Authority): void {
  const time = nextTime(node, isHandedOver)
  const goesOn = next.history === node.history || (node.options.unclean === 'stale' && node.synced)
  if (!goesOn) {
    // What this node holds is not all that was acknowledged: nobody shall take it for that.
    node.data.clear()
    node.log.reset(0, 0)
    node.requests.load([])
    node.applied = 0
    node.commit = 0
    node.digest = 0
  }
  node.receiving = null
  node.released = null
  lead(node, next, time)
}
