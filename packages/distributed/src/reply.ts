import type { Result } from './message.ts'
import { type Node, send } from './node.ts'
import { faultOf, roomOf } from './weight.ts'

/** Tells the caller what became of its call. An answer that is too large for a message is told to be so. */
export function reply(node: Node, to: string, seq: number, result: Result): void {
  const told = to === node.id ? result : sendable(result, roomOf(node.options))
  send(node, to, { kind: 'reply', term: node.term, seq, result: told })
}

function sendable(result: Result, room: number): Result {
  const fault = result.kind === 'done' && result.outcome.ok ? faultOf(result.outcome.value, room) : null
  if (fault === null || result.kind !== 'done') return result
  const message = `executed, but its answer cannot come from the leader: ${fault}`
  return { ...result, outcome: { ok: false, code: 'OUT_OF_RANGE', message } }
}
