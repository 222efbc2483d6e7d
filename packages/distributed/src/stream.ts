import { commonPoint } from './log.ts'
import type { Hello, Message } from './message.ts'
import { askFlush, type Leading, type Node, type Progress, send, tell } from './node.ts'
import { progressOf } from './progress.ts'

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
  const { log, data, digest, requests } = node
  const time = node.time
  leading.snapshots++
  progress.sending = {
    // The time makes the number another one than those of leaders before.
    snapshot: node.term * 1_000_000 + leading.snapshots,
    slices: data.slices(time),
    end: { offset: node.applied, term: log.lastTerm, time, digest, requests: requests.dump() },
    seq: 0,
    message: null,
    sentAt: 0,
  }
  tell(node, { kind: 'snapshot', to, offset: node.applied })
  sendSlice(node, to, progress)
}

/** Sends the next slice, or the last one again. */
function sendSlice(node: Node, to: string, { sending }: Progress): void {
  if (!sending || node.history === null) return
  if (!sending.message) {
    const pieces = sending.slices.next(node.options.slice)
    sending.message = {
      kind: 'slice',
      term: node.term,
      history: node.history,
      snapshot: sending.snapshot,
      seq: sending.seq,
      pieces,
      // What has expired while the pieces were on their way is not among them.
      end: pieces.length ? null : { ...sending.end, time: node.time },
    }
  }
  sending.sentAt = node.now.mono
  send(node, to, sending.message)
}

/** The follower has the slice. */
export function onSliced(
  node: Node,
  leading: Leading,
  from: string,
  { snapshot, seq }: Extract<Message, { kind: 'sliced' }>,
): void {
  const progress = progressOf(node, leading, from)
  const { sending } = progress
  progress.heardAt = node.now.mono
  if (sending?.snapshot !== snapshot || sending.seq !== seq || sending.message?.kind !== 'slice') return
  if (sending.message.end) {
    sending.slices.close()
    progress.sending = null
    progress.welcomed = true
    progress.match = sending.end.offset
    progress.next = progress.match + 1
    askFlush(node)
    return
  }
  sending.seq++
  sending.message = null
  sendSlice(node, from, progress)
}

/** A slice that was lost is sent again. */
export function sendSliceAgain(node: Node, id: string, progress: Progress): void {
  if (progress.sending && node.now.mono - progress.sending.sentAt >= node.options.retry)
    sendSlice(node, id, progress)
}
