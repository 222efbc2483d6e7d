import { askAgain } from './coordination.ts'
import type { Append, Message } from './message.ts'
import { askFlush, type Node, rebirth, send, tell } from './node.ts'
import { applyCommitted } from './replica.ts'
import type { Stretch } from './stretch.ts'

type Of<Kind extends Message['kind']> = Extract<Message, { kind: Kind }>

/** The leader is there, and this comes next. */
export function onAppend(node: Node, from: string, message: Append): void {
  const { now, options } = node
  // A term has one leader, unless the record was lost and another cluster founded: then the first is the one.
  if (node.heardIn === node.term && node.leader !== null && node.leader !== from) return
  if (node.election?.phase !== 'swapping') node.election = null
  if (node.leader !== from || node.heardIn < node.term) {
    // What was said to it before it knew itself that it leads, it has not heard.
    node.leader = from
    node.heardIn = node.term
    node.helloAt = Number.NEGATIVE_INFINITY
    askAgain(node)
  }
  node.goneSince = null
  node.heard = { time: message.time, at: now.mono }
  node.promisedUntil = now.mono + options.promise
  if (node.welcomed === node.term) {
    if (message.previous) take(node, message.previous, message.entries)
    note(node, message)
  } else hello(node)
  acknowledge(node, from, message.stamp)
  // All who write wait for it: it waits for nothing else that happens in this turn.
  if (message.entries.length > 0) node.out.push({ kind: 'hasten' })
}

/** Tells the leader how far this node is; the stamp is that of the heartbeat that it answers, and so makes a promise. */
function acknowledge(node: Node, leader: string, promised: number): void {
  const { term, log, applied, digest, now } = node
  const match = node.welcomed === term ? log.last : null
  send(node, leader, { kind: 'ack', term, match, applied, digest, promised, stamp: now.mono })
}

/** Appends what is new, if it follows what is here; else the leader is told how far this log is its own. */
function take(node: Node, previous: NonNullable<Append['previous']>, entries: Stretch): void {
  const { log, rules } = node
  if (!rules.follows(previous.offset, previous.term, log.last, log.termAt(previous.offset))) return
  log.take(entries)
}

/** What the leader says of its commit, and of how much there is. */
function note(node: Node, { commit, commitTime, heard, tail }: Append): void {
  node.commit = Math.max(node.commit, Math.min(commit, node.log.last))
  node.settled = { offset: commit, time: commitTime }
  node.announced = { commit, heard, tail }
}

/** Applies what is committed: then it is seen how true the data is. */
export function catchUp(node: Node): void {
  applyCommitted(node)
  const { announced } = node
  if (!announced || node.applied < announced.commit) return
  node.announced = null
  if (announced.heard !== null) node.trueAt = Math.max(node.trueAt, announced.heard)
  if (!node.synced && node.log.last >= announced.tail && isClean(node)) {
    node.synced = true
    tell(node, { kind: 'synced', offset: node.applied })
  }
}

/** Whether all that the data shows is committed. */
function isClean(node: Node): boolean {
  return node.rules.mayShow(node.commit, node.applied)
}

/** Whether this node may answer reads from its data. */
export function isReadable(node: Node): boolean {
  return node.synced && isClean(node)
}

/** Asks the leader to begin a stream. */
export function hello(node: Node): void {
  const { leader, now, options, receiving } = node
  if (receiving && now.mono - receiving.at > 10 * options.retry) rebirth(node, 'the snapshot has stopped')
  // Who leaves follows nobody any more.
  const isDone = node.closing !== null || node.leading !== null || node.election?.phase === 'swapping'
  if (leader === null || leader === node.id || node.receiving || isDone) return
  if (now.mono - node.helloAt < options.retry) return
  node.helloAt = now.mono
  send(node, leader, {
    kind: 'hello',
    term: node.term,
    history: node.history,
    spans: node.log.spans(),
    last: node.log.last,
    applied: node.applied,
    time: node.time,
  })
}

/** The leader knows where the logs part: what is beyond was never committed. */
export function onWelcome(node: Node, from: string, { keep, history }: Of<'welcome'>): void {
  if (node.welcomed === node.term || node.receiving) return
  if (keep < node.applied) {
    rebirth(node, `it has applied ${node.applied}, the leader knows ${keep}`)
    return
  }
  // What was acknowledged in this term stays: a welcome that comes late knows less.
  if (node.verified !== node.term) node.log.truncate(keep)
  welcomed(node, from, history)
  // This answers no heartbeat, and promises nothing.
  acknowledge(node, from, Number.MIN_SAFE_INTEGER)
}

/** The leader has told that this node's data leads nowhere. */
export function onRestart(node: Node, from: string, { why }: Of<'restart'>): void {
  if (node.leading || node.leader !== from) return
  rebirth(node, why)
  hello(node)
}

/** A part of a snapshot: it comes in order, into a node without data. */
export function onSlice(node: Node, from: string, message: Of<'slice'>): void {
  const { snapshot, seq, pieces, end } = message
  if (snapshot !== node.received) {
    if (node.welcomed === node.term) return
    if (!node.receiving && seq === 0 && node.log.last === 0) node.receiving = { snapshot, seq: 0, at: 0 }
    const { receiving } = node
    if (receiving?.snapshot !== snapshot || seq > receiving.seq) return
    receiving.at = node.now.mono
    if (seq === receiving.seq) {
      receiving.seq++
      node.data.load(pieces)
      if (end) {
        node.receiving = null
        node.received = snapshot
        node.log.reset(end.offset, end.term)
        node.applied = end.offset
        node.digest = end.digest
        node.time = end.time
        node.requests.load(end.requests)
        welcomed(node, from, message.history)
        askFlush(node)
      }
    }
  }
  send(node, from, { kind: 'sliced', term: node.term, snapshot, seq })
}

function welcomed(node: Node, leader: string, history: string): void {
  node.welcomed = node.term
  node.verified = node.term
  node.history = history
  tell(node, { kind: 'following', term: node.term, leader, from: node.log.last })
}
