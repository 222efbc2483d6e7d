import type { Leading, Node } from './node.ts'
import { TRUSTED } from './rules.ts'

/**
 * The lease: until then, by its own clock, nobody else leads. Whoever may take over has promised not to before that: each
 * promise began when the heartbeat was received, which was after it was sent, and only the moment of sending is taken.
 */
export function leaseEnd(node: Node, leading: Leading): number {
  if (leading.released) return Number.NEGATIVE_INFINITY
  let end = Number.POSITIVE_INFINITY
  for (const id of counted(node, leading)) {
    if (id === node.id) continue
    const promised = leading.followers.get(id)?.promised ?? Number.NEGATIVE_INFINITY
    end = Math.min(end, promised + node.options.promise * TRUSTED)
  }
  return end
}

/** Whether this node is the leader now, for certain: it may answer as one. */
export function isLeased(node: Node, leading: Leading): boolean {
  return node.now.mono < leaseEnd(node, leading)
}

/** The members that count as in sync. */
export function counted(node: Node, leading: Leading): readonly string[] {
  return node.rules.counted(leading.inSync, leading.proposal?.inSync ?? null)
}

/**
 * The leader's time, which dates writes and expires keys; it never runs backwards, over changes of leader too. It stands
 * still when the lease is over: the next leader's time goes on from there, so no key is ever seen to come back.
 */
export function leaderTime(node: Node, leading: Leading): number {
  node.time = Math.max(node.time, runningTime(node, leading, leaseEnd(node, leading)))
  return node.time
}

/** What the leader's time is as long as it has a lease. */
export function runningTime(node: Node, { clock }: Leading, end: number = Number.POSITIVE_INFINITY): number {
  const passed = Math.min(node.now.mono, end) - clock.mono
  return Math.floor(clock.time + Math.max(passed, 0))
}

/** What the leader's time must be by now, as far as this node has heard. */
export function estimatedTime(node: Node): number {
  if (node.leading) return leaderTime(node, node.leading)
  return Math.floor(Math.max(node.time, node.heard.time + node.now.mono - node.heard.at))
}
