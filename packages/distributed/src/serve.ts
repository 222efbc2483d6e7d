import type { Execution } from './data.ts'
import { mayServe } from './leader.ts'
import { leaderTime } from './lease.ts'
import type { LogEntry } from './log.ts'
import type { Forward, Result } from './message.ts'
import { askFlush, type Leading, type Node, send } from './node.ts'
import { applied } from './replica.ts'
import type { Acknowledgement, Outcome, RequestId } from './request.ts'

/** Beyond what a frame costs, for the head of an entry. */
const ENTRY_BYTES = 32

/** A call has come: it is executed once, however often it comes. */
export function serve(node: Node, leading: Leading, from: string, forward: Forward): void {
  const { id } = forward
  const name = nameOf(id)
  if (!mayServe(node, leading)) {
    if (!leading.released && leading.held.size < node.options.calls) leading.held.set(name, { from, forward })
    return
  }
  leading.held.delete(name)
  const mode = node.data.modeOf(forward.command)
  if (mode === 'read') {
    reply(node, leading, from, id.seq, read(node, leading, forward), null)
    return
  }
  const done = node.requests.find(id)
  if (done && node.rules.isRepeated(true)) {
    acknowledge(node, leading, from, forward, done)
    return
  }
  if (done === undefined && node.requests.isSettled(id)) return
  const waiter = leading.waiters.get(name)
  if (waiter) {
    waiter.refreshedAt = node.now.mono
    return
  }
  const why = leading.refused.has(name) ? 'it was refused before' : refusal(node, leading, forward.ack)
  if (why !== null) {
    refuse(node, leading, name)
    send(node, from, { kind: 'reply', term: node.term, seq: id.seq, result: { kind: 'refused', why } })
    return
  }
  // Whoever asks so late has had the answer that nobody knows.
  if (forward.until < leaderTime(node, leading)) return
  if (!attempt(node, leading, from, forward)) wait(node, leading, from, forward)
}

/** Why writes of this kind are not executed now, null if they are. */
function refusal(node: Node, { inSync }: Leading, ack: Acknowledgement): string | null {
  const { log, options } = node
  if (ack === 'in-sync' && inSync.length < options.minInSync)
    return `${inSync.length} members are in sync, ${options.minInSync} are wanted`
  const waiting = log.end(log.last) - log.end(node.commit)
  if (waiting > options.uncommitted) return `${waiting} bytes wait for their commit already`
  return null
}

/** Remembers that the call is not executed: an echo of it may still come. */
function refuse(node: Node, { refused }: Leading, name: string): void {
  refused.add(name)
  for (const oldest of refused) {
    if (refused.size <= node.options.calls) return
    refused.delete(oldest)
  }
}

/** Executes a write; answers false where it has to wait. */
function attempt(node: Node, leading: Leading, from: string, forward: Forward, woken?: boolean): boolean {
  const time = leaderTime(node, leading)
  const execution = node.data.execute(forward.command, time, woken)
  if (!execution) return false
  const { id } = forward
  leading.waiters.remove(nameOf(id))
  const { outcome, operations, keys } = execution
  if (operations.length === 0) {
    // It changed nothing: its answer is no more than what a read has seen.
    const offset = Math.max(node.commit, touched(leading, keys))
    reply(node, leading, from, id.seq, { offset, time, outcome }, null)
    return true
  }
  const offset = write(node, leading, forward, time, execution)
  acknowledge(node, leading, from, forward, { offset, time, outcome })
  wake(node, leading, keys)
  return true
}

/** Logs what was executed; answers where. */
function write(
  node: Node,
  leading: Leading,
  { id, floor }: Forward,
  time: number,
  { operations, outcome, keys }: Execution,
): number {
  const offset = node.log.last + 1
  const bytes = ENTRY_BYTES + sizeOf(operations)
  const entry: LogEntry = { term: node.term, offset, time, operations, id, floor, bytes }
  node.log.append(entry)
  applied(node, entry, outcome)
  if (keys) {
    for (const key of keys) {
      leading.dirty.delete(key)
      leading.dirty.set(key, offset)
    }
  } else leading.dirtyAll = offset
  askFlush(node)
  return offset
}

/** Serves who waits for the keys, as long as there is something to take. */
function wake(node: Node, leading: Leading, keys: readonly string[] | null): void {
  if (leading.waiters.size === 0) return
  for (const key of keys ?? leading.waiters.keys()) {
    for (const name of leading.waiters.for(key)) {
      const waiter = leading.waiters.get(name)
      // It may have been served meanwhile, by what was written for another.
      if (waiter) attempt(node, leading, waiter.from, waiter.forward, true)
    }
  }
}

function wait(node: Node, leading: Leading, from: string, forward: Forward): void {
  const keys = node.data.keysOf(forward.command) ?? []
  const until = leaderTime(node, leading) + forward.wait
  leading.waiters.add(nameOf(forward.id), { from, forward, keys, until, refreshedAt: node.now.mono })
}

/** Answers who has waited long enough, and lets go of those whose caller is gone. */
export function tickWaiters(node: Node, leading: Leading): void {
  if (!mayServe(node, leading)) return
  const time = leaderTime(node, leading)
  for (const [name, { from, forward, until, refreshedAt }] of leading.waiters) {
    if (until <= time) {
      leading.waiters.remove(name)
      const outcome: Outcome = { ok: true, value: null }
      reply(node, leading, from, forward.id.seq, { offset: node.commit, time, outcome }, null)
    } else if (node.now.mono - refreshedAt > 10 * node.options.retry) leading.waiters.remove(name)
  }
}

/** The caller waits no more: either it is told so, or what it has taken. */
export function cancel(node: Node, leading: Leading, from: string, id: RequestId): void {
  const name = nameOf(id)
  leading.held.delete(name)
  if (!mayServe(node, leading)) return
  const done = node.requests.find(id)
  if (done) {
    reply(node, leading, from, id.seq, done, null)
    return
  }
  leading.waiters.remove(name)
  refuse(node, leading, name)
  send(node, from, { kind: 'reply', term: node.term, seq: id.seq, result: { kind: 'cancelled' } })
}

/** Serves the calls that came before it was time. */
export function serveHeld(node: Node, leading: Leading): void {
  if (leading.held.size === 0 || !mayServe(node, leading)) return
  const held = [...leading.held.values()]
  leading.held.clear()
  for (const { from, forward } of held) serve(node, leading, from, forward)
}

interface Evaluated {
  readonly offset: number
  readonly time: number
  readonly outcome: Outcome
}

/** What the leader's data says now; it holds once the offset is committed. */
export function read(node: Node, leading: Leading, { command }: Pick<Forward, 'command'>): Evaluated {
  const time = leaderTime(node, leading)
  const outcome = node.data.read(command, time)
  return { offset: Math.max(node.commit, touched(leading, node.data.keysOf(command))), time, outcome }
}

/** The last entry that touched one of the keys, 0 where that is committed. */
function touched(leading: Leading, keys: readonly string[] | null): number {
  let last = leading.dirtyAll
  for (const offset of keys ? [] : leading.dirty.values()) last = Math.max(last, offset)
  for (const key of keys ?? []) last = Math.max(last, leading.dirty.get(key) ?? 0)
  return last
}

function acknowledge(
  node: Node,
  leading: Leading,
  to: string,
  { id, ack }: Forward,
  evaluated: Evaluated,
): void {
  reply(node, leading, to, id.seq, evaluated, ack === 'in-sync' ? null : ack === 'leader' ? 1 : ack)
}

/** Answers once the offset is held by so many members, null: committed. */
export function reply(
  node: Node,
  leading: Leading,
  to: string,
  seq: number,
  { offset, time, outcome }: Evaluated,
  copies: number | null,
): void {
  const history = node.history ?? ''
  const result: Result = { kind: 'done', outcome, place: { history, offset, time } }
  if (copies === 1 || (copies === null && node.rules.mayShow(node.commit, offset)))
    send(node, to, { kind: 'reply', term: node.term, seq, result })
  else leading.pending.push({ offset, copies, to, seq, result })
}

function nameOf({ origin, seq }: RequestId): string {
  return `${origin}:${seq}`
}

/** About how many bytes the operations take on the wire. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 8
  let bytes = 4
  for (const part of Object.values(value)) bytes += sizeOf(part)
  return bytes
}
