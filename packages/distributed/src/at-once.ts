import type { CallEvent } from './event.ts'
import { mayServe } from './leader.ts'
import { leaderTime } from './lease.ts'
import type { Node } from './node.ts'
import { isCrowded, wake, write } from './serve.ts'
import { faultOf, roomOf } from './weight.ts'

/**
 * A write that the leader alone has to hold, called on the leader itself: it is done when it is written. Nobody ever asks for
 * it again, so that it needs no name, neither here nor in the log. Answers false where it is a call like any other.
 */
export function writtenAtOnce(node: Node, { seq, wish }: CallEvent): boolean {
  const { leading } = node
  const { command, ack } = wish
  if (!leading || ack !== 'leader' || node.data.modeOf(command) !== 'write') return false
  if (!mayServe(node, leading) || isCrowded(node)) return false
  if (faultOf(command.args, roomOf(node.options)) !== null) return false
  const time = leaderTime(node, leading)
  const execution = node.data.execute(command, time)
  // What changed nothing has seen something, which may have to be committed first.
  if (!execution || execution.operations.length === 0) return false
  const { offset, outcome } = write(node, leading, { id: null, floor: 0 }, time, execution)
  const place = { history: node.history ?? '', offset, time }
  node.out.push({ kind: 'answer', seq, answer: { kind: 'done', outcome, place, staleness: 0 } })
  wake(node, leading, execution.keys)
  return true
}
