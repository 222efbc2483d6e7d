import { isLeased, leaderTime, runningTime } from './lease.ts'
import type { Ack } from './message.ts'
import { askFlush, type Leading, type Node, type Progress, send, tell } from './node.ts'

/** The follower's progress, made when it is heard of first. */
export function progressOf(node: Node, leading: Leading, id: string): Progress {
  const known = leading.followers.get(id)
  if (known) return known
  const { mono } = node.now
  const progress: Progress = {
    welcomed: false,
    match: 0,
    next: 1,
    waitingSince: mono,
    isStuck: false,
    told: 0,
    promised: Number.NEGATIVE_INFINITY,
    heardAt: mono,
    stamp: null,
    mark: { offset: node.log.last, at: mono },
    levelAt: mono,
    sending: null,
  }
  leading.followers.set(id, progress)
  return progress
}

/** Messages to one follower in one turn: what else there is to do does not wait for long. */
const AT_ONCE = 8

/** Sends what is new to the follower, as far as the window reaches; a heartbeat even if nothing is. */
export function append(node: Node, leading: Leading, id: string, heartbeat: boolean): void {
  let isMore = appendOne(node, leading, id, heartbeat)
  for (let left = AT_ONCE - 1; isMore && left > 0; left--) isMore = appendOne(node, leading, id, false)
  if (isMore) askFlush(node)
}

/**
 * One message of what is new: its first part is acknowledged while the rest is on its way. Answers whether there is more
 * that may go.
 */
function appendOne(node: Node, leading: Leading, id: string, heartbeat: boolean): boolean {
  const { log, now } = node
  const progress = progressOf(node, leading, id)
  if (progress.welcomed && progress.next <= log.base)
    restart(node, id, progress, `the log goes back to ${log.base} only`)
  const entries = log.after(progress.next - 1, roomOf(node, progress))
  if (!heartbeat && entries.length === 0 && (!progress.welcomed || progress.told === node.commit))
    return false
  const offset = progress.next - 1
  if (progress.next === progress.match + 1) progress.waitingSince = now.mono
  progress.next += entries.length
  progress.told = node.commit
  const time = leaderTime(node, leading)
  const leased = isLeased(node, leading)
  send(node, id, {
    kind: 'append',
    term: node.term,
    previous: progress.welcomed ? { offset, term: log.termAt(offset) ?? 0 } : null,
    entries,
    commit: node.commit,
    // What comes next may be older than what a snapshot brought: then nothing is known of it.
    commitTime: node.commit === log.last ? time : (log.get(node.commit + 1)?.time ?? 0),
    tail: log.last,
    time: runningTime(node, leading),
    stamp: now.mono,
    heard: leased && leading.serving ? progress.stamp : null,
  })
  return progress.next <= log.last && roomOf(node, progress) > 0
}

/**
 * Bytes that may go to the follower now, beside what is on its way. None where that would be a little of much: a message costs
 * about the same whatever its size, and with the window full each acknowledgement would make room for one no larger than the last.
 */
function roomOf({ log, options }: Node, { welcomed, isStuck, match, next }: Progress): number {
  // What the log has let go of cannot be said again: nothing is said after it that would have to be.
  if (!welcomed || match < log.base || (isStuck && next > match + 1)) return 0
  const sent = log.end(next - 1)
  const room = options.window - (sent - log.end(match))
  const isLittle = room < Math.min(options.slice, options.window / 2) && log.end(log.last) - sent > room
  return isLittle ? 0 : Math.min(room, options.slice)
}

/** A follower has told how far it is. */
export function onAck(node: Node, leading: Leading, from: string, ack: Ack): void {
  const { now, log } = node
  const progress = progressOf(node, leading, from)
  progress.heardAt = now.mono
  progress.promised = Math.max(progress.promised, ack.promised)
  progress.stamp = Math.max(progress.stamp ?? ack.stamp, ack.stamp)
  if (!progress.welcomed) {
    // It takes itself for welcomed: what told it otherwise was lost.
    if (ack.match !== null) restart(node, from, progress, 'the stream has ended')
    return
  }
  if (ack.match === null) {
    // It has not had its welcome yet, and nothing that came before that.
    progress.next = progress.match + 1
    return
  }
  if (ack.match > progress.match) {
    progress.match = ack.match
    progress.next = Math.max(progress.next, ack.match + 1)
    progress.waitingSince = now.mono
    progress.isStuck = false
  }
  if (progress.match >= progress.mark.offset) {
    progress.levelAt = progress.match === log.last ? now.mono : progress.mark.at
    progress.mark = { offset: log.last, at: now.mono }
  }
  // There is room in the window again.
  if (progress.next <= log.last) askFlush(node)
  const digest = log.digestAt(ack.applied)
  if (digest === undefined || digest === ack.digest) return
  tell(node, { kind: 'diverged', id: from, offset: ack.applied })
  restart(node, from, progress, `its data differs at ${ack.applied}`)
}

function restart(node: Node, id: string, progress: Progress, why: string): void {
  progress.welcomed = false
  send(node, id, { kind: 'restart', term: node.term, why })
}

/** What was not acknowledged for long is sent again: the first of it, and the rest once that has arrived. */
export function sendAgain(node: Node, progress: Progress): void {
  if (progress.next === progress.match + 1) return
  if (node.now.mono - progress.waitingSince < node.options.retry) return
  progress.next = progress.match + 1
  progress.waitingSince = node.now.mono
  progress.isStuck = true
}

/** Lets go of a follower that is heard of no more. */
export function forget(leading: Leading, id: string): void {
  leading.followers.get(id)?.sending?.slices.close()
  leading.followers.delete(id)
}
