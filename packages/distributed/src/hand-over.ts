import { abandon, onCancel } from './calls.ts'
import { leaderTime } from './lease.ts'
import type { Message } from './message.ts'
import { type Closing, type Leading, type Node, type Progress, send } from './node.ts'

/** Begins to leave: no new calls, and no waiting for what others may bring. */
export function onClose(node: Node): void {
  if (node.closing) return
  const until = node.now.mono + node.options.leaderWait
  node.closing = { until, leftInSync: false, handedOver: false, asked: null }
  for (const call of node.calls.values()) if (call.mode === 'block') onCancel(node, call.seq)
}

/** Leaving: a leader hands over, a follower leaves the in-sync set; when nothing is open any more, the node is closed. */
export function leave(node: Node, closing: Closing): void {
  const { leading, leader } = node
  if (node.now.mono >= closing.until) close(node)
  else if (leading) handOver(node, leading, closing)
  else if (leader === null || !node.synced || closing.leftInSync || closing.handedOver) {
    // Who leads next has left it out; who never had all there is was never in.
    if (node.calls.size === 0) close(node)
  } else ask(node, closing, leader, { kind: 'leave', term: node.term })
}

/** Whatever happens, this is looked at; what is lost is repeated no more often than time is told. */
function ask(node: Node, closing: Closing, id: string, message: Message): void {
  const { asked } = closing
  if (asked?.id === id && node.now.mono - asked.at < node.options.tick) return
  closing.asked = { id, at: node.now.mono }
  send(node, id, message)
}

/** Lets the follower lead that has all there is. */
function handOver(node: Node, leading: Leading, closing: Closing): void {
  const { log } = node
  const others = leading.inSync.filter((id) => id !== node.id)
  if (leading.proposal || node.commit < log.last) return
  if (others.length === 0) {
    // Nobody has what this node has, and nobody is about to.
    const stays = ([id, { welcomed }]: [string, Progress]) => welcomed && !leading.leaving.has(id)
    if (![...leading.followers].some(stays)) close(node)
    return
  }
  const heir = others.find((id) => leading.followers.get(id)?.match === log.last)
  if (heir === undefined) return
  // From here on this node answers nothing: whoever leads next may do so at once.
  if (!leading.released) leaderTime(node, leading)
  leading.released = true
  closing.handedOver = true
  ask(node, closing, heir, { kind: 'transfer', term: node.term, time: node.time })
}

/** The leader has taken this node out of the in-sync set. */
export function onLeft(node: Node): void {
  if (node.closing) node.closing.leftInSync = true
}

function close(node: Node): void {
  abandon(node)
  node.closed = true
  node.out.push({ kind: 'closed' })
}
