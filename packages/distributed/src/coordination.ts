import type { Guarded } from '@jcache/driver/election'
import { askFlush, type Node, tell } from './node.ts'
import type { Authority } from './record.ts'

/** Asks the coordinator for record and members, now or when the question before is answered. */
export function look(node: Node): void {
  if (node.asking) {
    node.lookAgain = true
    return
  }
  node.asking = true
  node.lookedAt = node.now.mono
  node.lookedIn = node.term
  node.out.push({ kind: 'look' })
}

/**
 * Whether the coordinator has lost its data: there was a record when this node asked, and now there is none, or an older
 * one, or that of a cluster that was founded since.
 */
export function isLost(node: Node, record: Guarded<Authority> | null): boolean {
  const { history, term } = node
  // What was asked before the term began may have been answered before.
  if (term === 0 || node.lookedIn < term) return false
  if (!record || record.state.term < term) return true
  const isOfTerm = node.leading !== null || node.verified === term
  return record.state.term === term && isOfTerm && record.state.history !== history
}

/** Asks the coordinator to write the record; there must be no open question. */
export function swap(node: Node, revision: string | null, next: Authority): void {
  node.asking = true
  // The revision is another one now, whatever comes of it.
  node.record = null
  node.out.push({ kind: 'swap', revision, next })
}

/** The coordinator has answered. */
export function answered(node: Node): void {
  node.asking = false
  if (!node.lookAgain) return
  node.lookAgain = false
  look(node)
}

/** There is a higher term: whoever led before does no more. Answers whether this node did. */
export function adopt(node: Node, term: number, leader: string | null, why: string): boolean {
  if (term <= node.term) return false
  node.term = term
  node.leader = leader
  node.election = null
  node.settled = null
  node.announced = null
  node.helloAt = Number.NEGATIVE_INFINITY
  const hasLed = stepDown(node, why)
  askAgain(node)
  return hasLed
}

/** What was asked of the leader before is asked of the next one at once, under its old name: it is executed once in all. */
export function askAgain(node: Node): void {
  for (const call of node.calls.values()) {
    if (call.mode === 'read') call.sentAt = null
    else if (call.sentAt !== null) call.sentAt = Number.NEGATIVE_INFINITY
    node.waiting.add(call)
  }
  node.blockedDueAt = node.now.mono
  askFlush(node)
}

/** Leads no more. */
export function stepDown(node: Node, why: string): boolean {
  const { leading } = node
  if (!leading) return false
  for (const { sending } of leading.followers.values()) sending?.slices.close()
  node.leading = null
  if (node.leader === node.id) node.leader = null
  node.welcomed = 0
  node.settled = null
  node.announced = null
  node.heard = { time: node.time, at: node.now.mono }
  node.promisedUntil = node.now.mono
  tell(node, { kind: 'stepped-down', term: node.term, why })
  return true
}
