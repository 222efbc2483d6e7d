import { isReadable } from './follower.ts'
import { leaderTime } from './lease.ts'
import type { Node } from './node.ts'

/**
 * The leader's time at which a local read sees the data as it is: it needs no other node and no waiting, so it is no call of
 * the machine. Undefined where it has to be one: this node has not caught up, shows what is not committed yet, or is leaving.
 * `mono` is asked on the leader alone, whose time runs.
 */
export function timeOfLocalRead(node: Node, mono: () => number): number | undefined {
  if (node.closing !== null || node.closed || !isReadable(node)) return undefined
  const { leading } = node
  if (leading === null) return node.time
  node.now = { ...node.now, mono: mono() }
  return leaderTime(node, leading)
}
