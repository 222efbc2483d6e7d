import { writtenAtOnce } from './at-once.ts'
import { onAstray, tickBlocked } from './blocked-calls.ts'
import { onAsk, onCall, onCancel, onPlace, onReply, pursueWaiting, tickCalls } from './calls.ts'
import { adopt, answered, isLost, look, swap } from './coordination.ts'
import type { Effect } from './effect.ts'
import type { Event } from './event.ts'
import { catchUp, hello, onAppend, onRestart, onSlice, onWelcome } from './follower.ts'
import { leave, onClose, onLeft } from './hand-over.ts'
import { advanceCommit, flush, settleProposal, tickLeader } from './leader.ts'
import type { Message } from './message.ts'
import { askFlush, type Leading, type Node, send, tell } from './node.ts'
import { onAck } from './progress.ts'
import { cancel, serve, serveHeld, stay, tickWaiters } from './serve.ts'
import { onHello, onSliced } from './stream.ts'
import {
  onDeath,
  onProbe,
  onProbed,
  onSeenAsFollower,
  onSwappedAsFollower,
  onTransfer,
  restore,
  tickElection,
} from './take-over.ts'
import type { Time } from './time.ts'

/**
 * The machine: what happens to a node goes in, what it wants done comes out. It has no socket, clock, timer, promise or chance
 * of its own; time comes with every event, and runs for it only then.
 *
 * ```
 *   call ──▶ calls ──forward──▶ serve ──▶ data, log ──append──▶ follower ──▶ log
 *             ▲ ▲              (leader)      │    ◀────ack──────  (others)     │ what is
 *             │ │                            ▼                                 ▼ committed
 *             │ └────────reply────────── committed:                           data
 *             │                          all in sync have it                   │
 *             └───────────────────── reads, once the data is there ◀───────────┘
 *
 *   coordinator ◀──look, swap──▶ the record: history, term, leader, in-sync set
 *                                take-over (in-sync member, promise over) · leader (in-sync set) · hand-over
 * ```
 */
export function step(node: Node, event: Event, now: Time): Effect[] {
  node.now = now
  node.out = []
  if (node.closed) return node.out
  handle(node, event)
  for (const message of node.own) onMessage(node, node.id, message)
  // To set a length costs a call out of JavaScript, though it is the same.
  if (node.own.length > 0) node.own.length = 0
  if (node.closing) leave(node, node.closing)
  return node.out
}

function handle(node: Node, event: Event): void {
  switch (event.kind) {
    case 'tick':
      tick(node)
      break
    case 'flush':
      node.flushAsked = false
      if (node.leading) {
        advanceCommit(node, node.leading)
        flush(node, node.leading)
        pursueWaiting(node)
      } else goOn(node)
      break
    case 'message':
      onMessage(node, event.from, event.message)
      break
    case 'call':
      if (!writtenAtOnce(node, event)) onCall(node, event)
      break
    case 'cancel':
      onCancel(node, event.seq)
      break
    case 'seen':
      onSeen(node, event)
      break
    case 'swapped':
      onSwapped(node, event.outcome)
      break
    case 'hint':
      look(node)
      break
    case 'dead':
      onDeath(node, event.id)
      break
    case 'close':
      onClose(node)
      break
  }
}

function tick(node: Node): void {
  const { leading } = node
  if (leading) {
    tickLeader(node, leading)
    serveHeld(node, leading)
    tickWaiters(node, leading)
  } else {
    if (node.welcomed !== node.term) hello(node)
    tickElection(node)
  }
  tickCalls(node)
  tickBlocked(node)
  // What has expired is no key for anybody, on any node: it may go at any time, if what comes is no older.
  if (node.synced) node.data.expire(node.time)
}

function onSeen(node: Node, { record, members }: Extract<Event, { kind: 'seen' }>): void {
  node.asking = false
  if (record !== undefined) {
    node.record = record
    node.members = members
    const { leading } = node
    if (!leading) onSeenAsFollower(node, record, members)
    else if (record && record.state.term > node.term)
      adopt(node, record.state.term, record.state.leader, 'the record says so')
    else if (isLost(node, record)) restore(node, leading, record)
    else settleOwn(node, leading)
  } else if (node.election?.phase === 'looking') node.election = null
  if (!node.asking) answered(node)
}

/** What became of a change of the in-sync set whose answer was lost: as long as the record is the old one, it may still come. */
function settleOwn(node: Node, leading: Leading): void {
  const { record } = node
  const { proposal } = leading
  if (!proposal || !record) return
  if (record.state.inSync.join() === proposal.inSync.join()) settleProposal(node, leading)
  else swap(node, record.revision, proposal)
}

function onSwapped(node: Node, outcome: 'done' | 'refused' | 'unknown'): void {
  node.asking = false
  if (!node.leading) onSwappedAsFollower(node, outcome)
  else {
    if (outcome === 'done') settleProposal(node, node.leading)
    look(node)
  }
  if (!node.asking) answered(node)
}

function onMessage(node: Node, from: string, message: Message): void {
  // What was true in an older term still is: a reply tells what was committed, an answer to a probe binds nobody.
  const isTimeless = message.kind === 'reply' || message.kind === 'place' || message.kind === 'probed'
  // Who knows nothing yet may ask who does.
  if (!isTimeless && message.kind !== 'probe' && node.rules.isStale(message.term, node.term)) {
    if (message.kind === 'append') send(node, from, { kind: 'fenced', term: node.term })
    return
  }
  if (!isTimeless && message.term > node.term) {
    if (node.leading) tell(node, { kind: 'fenced', term: node.term, by: message.term })
    adopt(node, message.term, message.kind === 'append' ? from : null, `term ${message.term} has begun`)
  }
  if (message.kind === 'reply') onReply(node, message)
  else if (message.kind === 'place') onPlace(node, message)
  else if (message.kind === 'astray') onAstray(node, message.seqs)
  else if (message.kind === 'probe') onProbe(node, from)
  else if (message.kind === 'probed') onProbed(node, from, message)
  else if (node.leading) onMessageToLeader(node, node.leading, from, message)
  else onMessageToFollower(node, from, message)
}

function onMessageToLeader(node: Node, leading: Leading, from: string, message: Message): void {
  switch (message.kind) {
    case 'ack':
      onAck(node, leading, from, message)
      advanceCommit(node, leading)
      serveHeld(node, leading)
      break
    case 'hello':
      onHello(node, leading, from, message)
      break
    case 'sliced':
      onSliced(node, leading, from, message)
      break
    case 'forward':
      serve(node, leading, from, message)
      break
    case 'cancel':
      cancel(node, leading, from, message.id)
      break
    case 'stay':
      stay(node, leading, from, message.seqs)
      break
    case 'ask':
      onAsk(node, from, message.seq)
      break
    case 'leave':
      leading.leaving.add(from)
      if (!leading.inSync.includes(from)) send(node, from, { kind: 'left', term: node.term })
      break
    default:
      // What is meant for followers came too late.
      break
  }
}

/** Comes as far as the leader has committed; who waited for that is looked at again. */
function goOn(node: Node): void {
  catchUp(node)
  pursueWaiting(node)
}

function onMessageToFollower(node: Node, from: string, message: Message): void {
  if (!node.rules.mayAcknowledge(node.election?.phase === 'swapping')) return
  switch (message.kind) {
    case 'append':
      onAppend(node, from, message)
      // What is new is acknowledged first: whatever this brings can wait for that.
      if (message.entries.length > 0) askFlush(node)
      else goOn(node)
      break
    case 'welcome':
      onWelcome(node, from, message)
      break
    case 'restart':
      onRestart(node, from, message)
      break
    case 'slice':
      onSlice(node, from, message)
      break
    case 'transfer':
      onTransfer(node, from, message.time)
      break
    case 'left':
      onLeft(node)
      break
    default:
      // What is meant for a leader came too late: who asked asks again.
      break
  }
}
