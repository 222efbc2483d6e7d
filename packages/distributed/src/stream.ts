import type { Hello, Message, Slice, SnapshotEnd } from './message.ts'
import { askFlush, type Leading, type Node, type Progress, type Sending, send, tell } from './node.ts'
import { progressOf } from './progress.ts'
import { commonPoint } from './span.ts'

/**
 * Begins a stream: from the log where the follower's log and this one meet, else by a snapshot into a node without data.
 * A node whose data leads elsewhere is told to begin anew.
 */
export function onHello(node: Node, leading: Leading, from: string, hello: Hello): void {
  const progress = progressOf(node, leading, from)
  progress.heardAt = node.now.mono
  // What it has acknowledged it has: this was said before that.
  if (hello.last < progress.match) return
  if (progress.sending && hello.last === 0) return
  progress.sending?.slices.close()
  progress.sending = null
  const { history } = node
  if (history === null) return
  const isEmpty = hello.last === 0
  const why = faultOf(node, hello, isEmpty)
  if (why !== null) {
    send(node, from, { kind: 'restart', term: node.term, why })
    return
  }
  const keep = commonPoint(node.log.spans(), hello.spans)
  if (keep === undefined) {
    beginSnapshot(node, leading, from, progress)
    return
  }
  if (!progress.welcomed) {
    progress.welcomed = true
    progress.match = keep
    progress.next = keep + 1
    progress.waitingSince = node.now.mono
  }
  send(node, from, { kind: 'welcome', term: node.term, history, keep })
  askFlush(node)
}

/** Why the follower cannot go on with what it has, null if it can. */
function faultOf(node: Node, hello: Hello, isEmpty: boolean): string | null {
  if (isEmpty) return null
  if (hello.history !== node.history) return `its history is ${hello.history}, the leader's ${node.history}`
  const keep = commonPoint(node.log.spans(), hello.spans)
  if (keep === undefined) return `the log goes back to ${node.log.base} only`
  if (keep < hello.applied) return `it has applied ${hello.applied}, but the logs part at ${keep}`
  // What it has let expire must be expired for all that comes.
  const next = node.log.get(keep + 1)
  if (next && next.time < hello.time) return 'its time is ahead'
  return null
}

function beginSnapshot(node: Node, leading: Leading, to: string, progress: Progress): void {
  leading.snapshots++
  progress.sending = {
    // The time makes the number another one than those of leaders before.
    snapshot: node.term * 1_000_000 + leading.snapshots,
    slices: node.data.slices(node.time),
    end: endNow(node),
    open: [],
    sent: 0,
    made: 0,
    isWhole: false,
    movedAt: node.now.mono,
    isStuck: false,
  }
  tell(node, { kind: 'snapshot', to, offset: node.applied })
  sendSlice(node, to, progress)
}

/** What to go on with from the data as it is now. */
function endNow({ applied, log, time, digest, requests }: Node): SnapshotEnd {
  return { offset: applied, term: log.lastTerm, time, digest, requests: requests.dump() }
}

/**
 * Sends the next slice, as far as the window reaches. One in a turn: what else there is to do does not wait for long, and
 * on their way are many.
 */
export function sendSlice(node: Node, to: string, progress: Progress): void {
  const { sending } = progress
  if (!sending || node.history === null) return
  if (!reaches(node, sending)) {
    sending.slices.close()
    progress.sending = null
    send(node, to, { kind: 'restart', term: node.term, why: 'all was removed since the snapshot began' })
    return
  }
  const { window, slice } = node.options
  const hasRoom = () => sending.open.length * slice < window && !sending.isWhole
  if (sending.isStuck) return
  if (sending.sent === sending.open.length && hasRoom())
    sending.open.push(sliceOf(node, node.history, sending))
  const message = sending.open[sending.sent]
  if (!message) return
  if (sending.sent++ === 0) sending.movedAt = node.now.mono
  send(node, to, message)
  if (sending.sent < sending.open.length || hasRoom()) askFlush(node)
}

/**
 * Whether the log still goes back to the end of the snapshot. So that it does, the snapshot goes over to what the data is
 * now when half of what the log may hold was written: it ends if less is written than is sent, however long it takes.
 */
function reaches(node: Node, sending: Sending): boolean {
  const { log, options } = node
  if (sending.isWhole) return true
  // With what is left of it, what was written before all was removed would come to something else.
  if (sending.slices.isVoid) return false
  if (log.end(log.last) - log.end(sending.end.offset) <= options.ring / 2) return true
  sending.end = endNow(node)
  sending.slices.renew()
  return true
}

function sliceOf(node: Node, history: string, sending: Sending): Slice {
  const { snapshot, slices, end } = sending
  const pieces = slices.next(node.options.slice)
  sending.isWhole = pieces.length === 0
  if (sending.isWhole) slices.close()
  return {
    kind: 'slice',
    term: node.term,
    history,
    snapshot,
    seq: sending.made++,
    pieces,
    // What has expired while the pieces were on their way is not among them.
    end: sending.isWhole ? { ...end, time: node.time } : null,
  }
}

/** The follower has the slice, and all before it. */
export function onSliced(
  node: Node,
  leading: Leading,
  from: string,
  { snapshot, seq }: Extract<Message, { kind: 'sliced' }>,
): void {
  const progress = progressOf(node, leading, from)
  const { sending } = progress
  progress.heardAt = node.now.mono
  if (sending?.snapshot !== snapshot) return
  const arrived = seq - (sending.made - sending.open.length) + 1
  if (arrived < 1 || arrived > sending.open.length) return
  sending.open.splice(0, arrived)
  sending.sent = Math.max(0, sending.sent - arrived)
  sending.movedAt = node.now.mono
  sending.isStuck = false
  if (sending.open.length === 0 && sending.isWhole) {
    progress.sending = null
    progress.welcomed = true
    progress.match = sending.end.offset
    progress.next = progress.match + 1
  }
  askFlush(node)
}

/** Of slices that may be lost, the first is sent again: once that has arrived, the others follow. */
export function sendSliceAgain(node: Node, to: string, { sending }: Progress): void {
  const [first] = sending?.open ?? []
  if (!sending || !first || node.now.mono - sending.movedAt < node.options.retry) return
  sending.movedAt = node.now.mono
  sending.isStuck = true
  sending.sent = 1
  send(node, to, first)
}
