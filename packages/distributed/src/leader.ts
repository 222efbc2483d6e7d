import { askAgain, look, swap } from './coordination.ts'
import { Dirty } from './dirty.ts'
import { counted, isLeased, leaderTime } from './lease.ts'
import { askFlush, type Leading, type Node, send, tell } from './node.ts'
import { type Needs, PendingReplies } from './pending.ts'
import { append, forget, progressOf, sendAgain } from './progress.ts'
import { type Authority, livesOf, processOf } from './record.ts'
import { applyEntry } from './replica.ts'
import { reply } from './reply.ts'
import { sendSlice, sendSliceAgain } from './stream.ts'
import { Waiters } from './waiters.ts'

/** The swap was won: this node leads, and serves once its first entry is committed by all that are in sync. */
export function lead(node: Node, record: Authority, time: number): void {
  const { now, log } = node
  node.term = record.term
  node.leader = node.id
  node.history = record.history
  node.election = null
  node.welcomed = record.term
  node.settled = null
  node.announced = null
  node.synced = true
  node.time = Math.max(node.time, time)
  // The leader runs ahead of the commit: what its log holds, it has.
  while (node.applied < log.last) {
    const entry = log.get(node.applied + 1)
    if (!entry) break
    applyEntry(node, entry)
  }
  const barrier = log.last + 1
  const leading: Leading = {
    since: now.mono,
    barrier,
    serving: false,
    clock: { time: node.time, mono: now.mono },
    inSync: record.inSync,
    awaited: null,
    proposal: null,
    followers: new Map(),
    pending: new PendingReplies(),
    held: new Map(),
    unlogged: new Map(),
    waiters: new Waiters(),
    dirty: new Dirty(barrier),
    heartbeatAt: Number.NEGATIVE_INFINITY,
    released: false,
    leaving: new Set(),
    snapshots: 0,
  }
  node.leading = leading
  const entry = {
    term: node.term,
    offset: barrier,
    time: node.time,
    operations: [],
    id: null,
    floor: 0,
  }
  log.append(entry)
  applyEntry(node, entry)
  for (const id of [...node.members, ...record.inSync]) if (id !== node.id) progressOf(node, leading, id)
  askAgain(node)
  tell(node, { kind: 'leading', term: node.term, offset: barrier })
  advanceCommit(node, leading)
  heartbeat(node, leading)
  look(node)
}

/** What all that count hold is committed: who waited for that is answered. */
export function advanceCommit(node: Node, leading: Leading): void {
  const { awaited } = leading
  const others = counted(node, leading).filter((id) => id !== node.id)
  if (awaited && node.now.mono < awaited.until) others.push(awaited.id)
  const matches = others.map((id) => leading.followers.get(id)?.match ?? 0)
  const commit = node.rules.committed(node.log.last, matches)
  if (commit > node.commit) {
    node.commit = commit
    leading.dirty.commit(commit)
    node.log.trim(node.options.ring, commit)
    askFlush(node)
  }
  if (!leading.serving && node.commit >= leading.barrier) {
    leading.serving = true
    tell(node, { kind: 'serving', term: node.term })
  }
  answerPending(node, leading)
}

function answerPending(node: Node, leading: Leading): void {
  if (leading.pending.size === 0) return
  leading.pending.release(
    leaderTime(node, leading),
    ({ offset, needs }) => isHeld(node, leading, offset, needs),
    ({ to, seq, result }) => reply(node, to, seq, result),
  )
}

/** Whether what stands at the offset is held as an answer needs it. */
export function isHeld(node: Node, leading: Leading, offset: number, needs: Needs): boolean {
  const { rules, commit, options } = node
  if (typeof needs === 'number') return needs === 1 || holders(leading, offset) >= needs
  if (!rules.mayShow(commit, offset)) return false
  // What is committed lies with all in sync: they may have become too few since it was taken.
  return needs === 'committed' || rules.isEnough(leading.inSync.length, options.minInSync)
}

/** How many have the entry, the leader included. Another life of a member has what the old one had, if anything. */
function holders(leading: Leading, offset: number): number {
  let count = 1
  for (const [id, { match }] of leading.followers) if (match >= offset && !isReborn(leading, id)) count++
  return count
}

/** Sends what is new to everyone. */
export function flush(node: Node, leading: Leading): void {
  for (const [id, progress] of leading.followers) {
    append(node, leading, id, false)
    sendSlice(node, id, progress)
  }
}

function heartbeat(node: Node, leading: Leading): void {
  leading.heartbeatAt = node.now.mono
  for (const id of leading.followers.keys()) append(node, leading, id, true)
}

/** Time has passed. */
export function tickLeader(node: Node, leading: Leading): void {
  const { now, options } = node
  leaderTime(node, leading)
  for (const [id, progress] of leading.followers) {
    sendAgain(node, progress)
    sendSliceAgain(node, id, progress)
    const isSilent = now.mono - progress.heardAt > 10 * options.lag
    if (isSilent && !counted(node, leading).includes(id) && !node.members.includes(id)) forget(leading, id)
  }
  if (now.mono - leading.heartbeatAt >= options.heartbeat) heartbeat(node, leading)
  propose(node, leading)
  answerPending(node, leading)
  // The answer to a swap that was lost is looked for soon.
  const patience = leading.proposal ? options.retry : 10 * options.retry
  if (!node.asking && now.mono - node.lookedAt >= patience) look(node)
}

/** Proposes another in-sync set, where one is due: it holds when the record says so, not before. */
function propose(node: Node, leading: Leading): void {
  const { record, now, options } = node
  if (node.asking || leading.proposal || record?.state.term !== node.term) return
  const stays = (id: string) => {
    if (id === node.id) return true
    const progress = leading.followers.get(id)
    // Old promises are as bad as old data: without new ones there is no lease.
    const wellAt = progress ? Math.min(progress.levelAt, progress.promised) : leading.since
    const isWell = now.mono - Math.max(wellAt, leading.since) <= options.lag
    return isWell && !leading.leaving.has(id) && !isReborn(leading, id)
  }
  const isNear = (id: string) => {
    const progress = leading.followers.get(id)
    return (
      progress?.welcomed === true &&
      now.mono - Math.min(progress.levelAt, progress.promised) <= options.lag / 2 &&
      !leading.leaving.has(id) &&
      !leading.inSync.includes(id)
    )
  }
  const kept = leading.inSync.filter(stays)
  const near = [...leading.followers.keys()].filter(isNear)
  const added = near.filter((id) => {
    return (leading.followers.get(id)?.match ?? 0) >= Math.max(node.commit, leading.barrier)
  })
  if (added.length === 0) awaitOne(leading, near, now.mono, options.lag)
  if (kept.length === leading.inSync.length && added.length === 0) return
  // A leader that cannot prove to lead has no say in who else may; but without those that are gone it never could.
  leading.proposal = { ...record.state, inSync: [...kept, ...added] }
  swap(node, record.revision, leading.proposal)
  advanceCommit(node, leading)
}

/**
 * Where writes never cease, a member that comes close would never have all that is committed: commits wait for it, no longer than
 * they would for a slow member in sync, and then for a while for nobody.
 */
function awaitOne(leading: Leading, near: readonly string[], now: number, lag: number): void {
  const { awaited } = leading
  const [first] = near
  const isOver = awaited === null || now >= awaited.until + 10 * lag
  if (first !== undefined && isOver) leading.awaited = { id: first, until: now + lag / 2 }
}

/** Whether the member's process has begun another life. */
function isReborn(leading: Leading, id: string): boolean {
  const followers = [...leading.followers.keys()]
  return followers.some((other) => processOf(other) === processOf(id) && livesOf(other) > livesOf(id))
}

/** The proposal is the record's now. */
export function settleProposal(node: Node, leading: Leading): void {
  const { proposal } = leading
  if (!proposal) return
  const gone = leading.inSync.filter((id) => !proposal.inSync.includes(id))
  const come = proposal.inSync.filter((id) => !leading.inSync.includes(id))
  leading.inSync = proposal.inSync
  leading.proposal = null
  for (const id of gone) {
    if (leading.leaving.has(id)) send(node, id, { kind: 'left', term: node.term })
  }
  const why = [...come.map((id) => `+${id}`), ...gone.map((id) => `-${id}`)].join(' ')
  tell(node, { kind: 'in-sync', members: leading.inSync, why })
  advanceCommit(node, leading)
}

/** Whether this node may execute and answer as the leader now. */
export function mayServe(node: Node, leading: Leading): boolean {
  return leading.serving && !node.closing && isLeased(node, leading)
}
