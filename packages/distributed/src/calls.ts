import type { Answer, Failure } from './effect.ts'
import type { CallEvent } from './event.ts'
import { isReadable } from './follower.ts'
import { mayServe } from './leader.ts'
import { estimatedTime, leaderTime } from './lease.ts'
import type { Forward, Message, Reply } from './message.ts'
import { askFlush, type Call, type Node, send } from './node.ts'
import { eraOf, originOf, type Place } from './request.ts'
import { read, serve, settle, unlogged } from './serve.ts'
import { faultOf, roomOf } from './weight.ts'

/** A caller's wish. It ends by its deadline with an answer, with "not executed", or with "nobody knows". */
export function onCall(node: Node, { seq, wish }: CallEvent): void {
  const call: Call = {
    seq,
    wish,
    mode: node.data.modeOf(wish.command),
    began: node.now.mono,
    endsAt: node.now.mono + wish.deadline,
    sentAt: null,
    sentTerm: 0,
    cancelled: false,
    result: null,
    place: null,
  }
  node.calls.add(call)
  if (call.mode === 'block') node.blockedDueAt = node.now.mono
  if (node.closing) fail(node, call, 'CLOSED', 'the node is leaving')
  else if (node.calls.size > node.options.calls)
    fail(node, call, 'UNAVAILABLE', `${node.options.calls} calls are open already`)
  else {
    const fault = faultOf(wish.command.args, roomOf(node.options))
    if (fault === null) pursue(node, call)
    else fail(node, call, 'INVALID_ARGUMENT', fault)
  }
}

/** Brings the call further, if it can be. */
export function pursue(node: Node, call: Call): void {
  if (call.result) finish(node, call)
  else if (call.mode !== 'read') submit(node, call)
  else if (node.leading) readAsLeader(node, call)
  else if (isReadable(node)) readAsFollower(node, call)
  else submit(node, call)
}

/** Sends the call to the leader, itself perhaps, unless that was done lately. */
function submit(node: Node, call: Call): void {
  const { leader, now, options } = node
  // Of those that block it is said of all together that they still wait, and what has got lost is asked for.
  const patience = call.mode === 'block' && !call.cancelled ? Number.POSITIVE_INFINITY : options.retry
  if (leader === null || now.mono - (call.sentAt ?? Number.NEGATIVE_INFINITY) < patience) return
  call.sentAt = now.mono
  call.sentTerm = node.term
  const id = { origin: originOf(node.process, call.mode), seq: call.seq }
  if (call.cancelled) {
    send(node, leader, { kind: 'cancel', term: node.term, id })
    return
  }
  const left = Math.min(call.endsAt - now.mono, options.memory / 2)
  const forward: Forward = {
    kind: 'forward',
    term: node.term,
    id,
    floor: node.calls.floorOf(call),
    command: call.wish.command,
    ack: call.wish.ack,
    until: estimatedTime(node) + left,
    wait: Math.max(0, call.wish.wait - (now.mono - call.began)),
  }
  if (node.leading) serve(node, node.leading, node.id, forward)
  else send(node, leader, forward)
}

/** The leader's data is ahead of the commit: what it shows is answered once that is committed. */
function readAsLeader(node: Node, call: Call): void {
  const { leading } = node
  if (!leading || call.sentAt !== null) return
  const { read: level } = call.wish
  const isFresh = level.kind === 'linearizable' || level.kind === 'staleness'
  if (isFresh && !mayServe(node, leading)) return
  if (level.kind === 'session' && !hasSeen(node, level.seen)) {
    node.waiting.add(call)
    return
  }
  const evaluated = read(node, leading, call.wish)
  call.sentAt = node.now.mono
  const id = { origin: node.process, seq: call.seq }
  const until = leaderTime(node, leading) + call.endsAt - node.now.mono
  settle(node, leading, { to: node.id, id, until }, unlogged(node, evaluated))
}

function readAsFollower(node: Node, call: Call): void {
  const { read: level } = call.wish
  const isStale = level.kind === 'staleness' && stalenessOf(node) > level.most
  if (level.kind === 'linearizable' || isStale) {
    if (call.place && eraOf(call.place.history) < eraOf(node.history)) call.place = null
    if (!call.place) ask(node, call)
    else if (!hasSeen(node, call.place)) node.waiting.add(call)
    if (!call.place || !hasSeen(node, call.place)) return
  }
  if (level.kind === 'session' && !hasSeen(node, level.seen)) {
    node.waiting.add(call)
    return
  }
  const outcome = node.data.read(call.wish.command, node.time)
  answer(node, call, { kind: 'done', outcome, place: placeOf(node), staleness: stalenessOf(node) })
}

/** Asks the leader what has been acknowledged by now. */
function ask(node: Node, call: Call): void {
  const { leader, now, options } = node
  if (leader === null || now.mono - (call.sentAt ?? Number.NEGATIVE_INFINITY) < options.retry) return
  call.sentAt = now.mono
  send(node, leader, { kind: 'ask', term: node.term, seq: call.seq })
}

/** The leader's answer to a follower's question. */
export function onAsk(node: Node, from: string, seq: number): void {
  const { leading } = node
  if (!leading || !mayServe(node, leading)) return
  // The time of a read is that of the data: nothing in the log after its end is older.
  const place = placeOf(node)
  send(node, from, { kind: 'place', term: node.term, seq, place, tail: node.log.last })
}

export function onPlace(node: Node, { term, seq, place, tail }: Extract<Message, { kind: 'place' }>): void {
  const call = node.calls.get(seq)
  if (!call || call.place) return
  call.place = place
  node.waiting.add(call)
  if (term === node.term && !node.leading) {
    node.settled = { offset: tail, time: place.time }
    askFlush(node)
  }
}

/** The leader has answered. A write is answered only when this node shows it: each caller reads its own writes. */
export function onReply(node: Node, { term, seq, result }: Reply): void {
  const call = node.calls.get(seq)
  if (!call || call.result) return
  const isLogged = result.kind === 'done' && result.logged
  if (!isLogged && call.mode !== 'read' && term !== call.sentTerm) return
  if (result.kind === 'refused') fail(node, call, 'UNAVAILABLE', result.why)
  else if (result.kind === 'cancelled') answer(node, call, { kind: 'cancelled' })
  else {
    call.result = result
    finish(node, call)
  }
}

function finish(node: Node, call: Call): void {
  if (!call.result) return
  const { outcome, place } = call.result
  const isAwaited = call.mode !== 'read' && call.wish.ack === 'in-sync' && !node.leading && node.synced
  const isLate = node.now.mono >= call.endsAt || node.closing !== null
  if (isAwaited && !isLate && node.history === place.history && node.applied < place.offset) {
    node.waiting.add(call)
    return
  }
  answer(node, call, { kind: 'done', outcome, place, staleness: 0 })
}

/** The data has come further: who waited for that is looked at again. */
export function pursueWaiting(node: Node): void {
  if (node.waiting.size === 0) return
  const waiting = [...node.waiting]
  node.waiting.clear()
  for (const call of waiting) pursue(node, call)
}

/** The caller waits no more; what has been taken for it is still answered. */
export function onCancel(node: Node, seq: number): void {
  const call = node.calls.get(seq)
  if (!call || call.cancelled) return
  if (call.mode === 'read' || call.sentAt === null) {
    answer(node, call, { kind: 'cancelled' })
    return
  }
  call.cancelled = true
  // Without a leader nobody would ever say what came of it.
  call.endsAt = Math.min(call.endsAt, node.now.mono + node.options.leaderWait)
  if (call.mode === 'block') node.blockedDueAt = node.now.mono
  call.sentAt = Number.NEGATIVE_INFINITY
  submit(node, call)
}

export function tickCalls(node: Node): void {
  for (const call of node.calls.brief()) tickCall(node, call)
}

/** Brings the call further, or ends it if its time is over. */
export function tickCall(node: Node, call: Call): void {
  const { now, options } = node
  const wasSent = call.sentAt !== null
  if (now.mono >= call.endsAt) {
    if (call.result) finish(node, call)
    else if (call.mode === 'read') fail(node, call, 'TIMEOUT', 'no answer within the deadline')
    else if (wasSent) fail(node, call, 'TIMEOUT', 'no answer within the deadline', 'unknown')
    else fail(node, call, 'NO_LEADER', 'no leader within the deadline')
  } else if (!wasSent && call.mode !== 'read' && now.mono - call.began >= options.leaderWait)
    fail(node, call, 'NO_LEADER', `no leader within ${options.leaderWait} ms`)
  else pursue(node, call)
}

/** Ends all that is open: the node is gone. */
export function abandon(node: Node): void {
  for (const call of node.calls.values()) {
    const isKnown = call.mode === 'read' || call.sentAt === null
    fail(node, call, 'CLOSED', 'the node has left', isKnown ? 'no' : 'unknown')
  }
}

function fail(
  node: Node,
  call: Call,
  code: Failure,
  message: string,
  executed: 'no' | 'unknown' = 'no',
): void {
  answer(node, call, { kind: 'failed', code, executed, message })
}

function answer(node: Node, { seq }: Call, answer: Answer): void {
  const call = node.calls.get(seq)
  if (!call) return
  node.calls.delete(call)
  node.waiting.delete(call)
  node.out.push({ kind: 'answer', seq, answer })
}

/** Where the node stands: what it shows was so there. */
export function placeOf(node: Node): Place {
  const { leading, history, commit, applied, time } = node
  return leading
    ? { history: history ?? '', offset: commit, time: leaderTime(node, leading) }
    : { history: history ?? '', offset: applied, time }
}

/** Whether the data has come to the place; a place in a history that is over is nowhere. */
function hasSeen(node: Node, place: Place | null): boolean {
  if (!place) return true
  if (place.history !== node.history) return eraOf(place.history) < eraOf(node.history)
  // Beyond its commit a leader that is none any more has what nobody else has.
  return Math.min(node.applied, node.commit) >= place.offset && node.time >= place.time
}

/** Milliseconds since the data was the truth, at most. */
export function stalenessOf(node: Node): number {
  if (node.leading && mayServe(node, node.leading)) return 0
  return node.now.mono - node.trueAt
}
