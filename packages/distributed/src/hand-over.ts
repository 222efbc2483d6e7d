import { abandon, onCancel } from './calls.ts'
import { leaderTime } from './lease.ts'
import { type Leading, type Node, type Progress, send } from './node.ts'

/** Begins to leave: no new calls, and no waiting for what others may bring. */
export function onClose(node: Node): void {
  if (node.closing) return
  node.closing = { leftInSync: false, until: node.now.mono + node.options.leaderWait }
  for (const call of [...node.calls.values()]) if (call.mode === 'block') onCancel(node, call.seq)
  tickClosing(node)
}

/** Leaving: a leader hands over, a follower leaves the in-sync set; when nothing is open any more, the node is closed. */
export function tickClosing(node: Node): void {
  const { closing, leading, leader } = node
  if (!closing || node.closed) return
  if (node.now.mono >= closing.until) close(node)
  else if (leading) handOver(node, leading)
  else if (leader === null || closing.leftInSync) {
    if (node.calls.size === 0) close(node)
  } else send(node, leader, { kind: 'leave', term: node.term })
}

/** Lets the follower lead that has all there is. */
function handOver(node: Node, leading: Leading): void {
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
  send(node, heir, { kind: 'transfer', term: node.term, time: node.time })
}

/** The leader has taken this node out of the in-sync set. */
export function onLeft(node: Node): void {
  if (node.closing) node.closing.leftInSync = true
  tickClosing(node)
}

function close(node: Node): void {
  abandon(node)
  node.closed = true
  node.out.push({ kind: 'closed' })
}
