import { pursue, tickCall } from './calls.ts'
import { type Call, type Node, send } from './node.ts'
import { STAYS } from './waiters.ts'

/** Looks at the calls that block, of which there may be many; tells the leader now and then that they still wait. */
export function tickBlocked(node: Node): void {
  const { now, options } = node
  if (now.mono < node.blockedDueAt) return
  for (const call of node.calls.blocked()) tickCall(node, call)
  const blocked = node.calls.blocked()
  if (node.leader !== null && now.mono >= node.stayedAt + STAYS * options.retry) {
    node.stayedAt = now.mono
    const seqs = blocked.filter((call) => isAtLeader(node, call)).map(({ seq }) => seq)
    if (seqs.length > 0) send(node, node.leader, { kind: 'stay', term: node.term, seqs })
  }
  node.blockedDueAt = Number.POSITIVE_INFINITY
  for (const call of blocked) node.blockedDueAt = Math.min(node.blockedDueAt, dueAt(node, call))
}

/** When the call is to be looked at, whatever happens before. */
function dueAt(node: Node, call: Call): number {
  const { now, options, leader, stayedAt } = node
  const isAtRest = leader !== null && isAtLeader(node, call)
  return Math.min(isAtRest ? stayedAt + STAYS * options.retry : now.mono + options.retry, call.endsAt)
}

/** Whether the call was sent to the leader, and is thought to wait there. */
function isAtLeader(node: Node, { sentAt, sentTerm, cancelled, result }: Call): boolean {
  return sentAt !== null && sentTerm === node.term && !cancelled && !result
}

/** The leader does not know these calls: they are sent again. */
export function onAstray(node: Node, seqs: readonly number[]): void {
  for (const seq of seqs) {
    const call = node.calls.get(seq)
    if (call?.mode !== 'block' || !isAtLeader(node, call)) continue
    call.sentAt = Number.NEGATIVE_INFINITY
    pursue(node, call)
  }
}
