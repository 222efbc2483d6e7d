import type { Execution } from './data.ts'
import { isHeld, mayServe } from './leader.ts'
import { leaderTime } from './lease.ts'
import type { LogEntry } from './log-entry.ts'
import type { Forward } from './message.ts'
import { askFlush, type Leading, type Node, send } from './node.ts'
import type { Needs, Unlogged } from './pending.ts'
import { processOf } from './record.ts'
import { applied } from './replica.ts'
import { reply } from './reply.ts'
import { type Acknowledgement, type Outcome, originOf, type RequestId } from './request.ts'
import type { Done } from './requests.ts'
import { STAYS } from './waiters.ts'

/** A call has come: it is executed once, however often it comes. */
export function serve(node: Node, leading: Leading, from: string, forward: Forward): void {
  const { id, ack } = forward
  if (!mayServe(node, leading)) {
    if (!leading.released && leading.held.size < node.options.calls)
      leading.held.set(nameOf(id), { from, forward })
    return
  }
  if (leading.held.size > 0) leading.held.delete(nameOf(id))
  const fault = node.data.misuse(forward.command)
  if (fault) {
    const evaluated = { offset: 0, time: leaderTime(node, leading), outcome: fault }
    conclude(node, leading, callerOf(from, forward), unlogged(node, evaluated))
    return
  }
  if (node.data.modeOf(forward.command) === 'read') {
    settle(node, leading, callerOf(from, forward), unlogged(node, read(node, leading, forward)))
    return
  }
  const done = node.requests.find(id)
  if (done && node.rules.isRepeated(true)) {
    settle(node, leading, callerOf(from, forward), logged(node, done), needsOf(ack))
    return
  }
  const known = found(leading.unlogged, id)
  if (known) {
    settle(node, leading, callerOf(from, forward), known)
    return
  }
  const waiter = found(leading.waiters, id)
  if (waiter) {
    waiter.refreshedAt = node.now.mono
    return
  }
  // Whoever asks so late has had an answer.
  const isEcho = !done && node.requests.isSettled(id)
  const time = leaderTime(node, leading)
  if (isEcho || forward.until < time) return
  const why = refusal(node, leading, forward)
  if (why !== null) refuse(node, leading, callerOf(from, forward), why)
  else if (!attempt(node, leading, callerOf(from, forward), forward, time)) wait(node, leading, from, forward)
}

/** Why writes of this kind are not executed now, null if they are. */
function refusal(node: Node, { inSync, followers }: Leading, { ack, id, command }: Forward): string | null {
  const { options, requests } = node
  if (ack === 'in-sync' && inSync.length < options.minInSync)
    return `${inSync.length} members are in sync, ${options.minInSync} are wanted`
  if (typeof ack === 'number' && ack > 1 + followers.size)
    return `there are ${1 + followers.size} members, ${ack} are wanted`
  if (requests.isFull(id) && node.data.modeOf(command) !== 'block')
    return 'too many calls have ended since the oldest of this node that is open'
  if (isCrowded(node)) return `more than ${options.uncommitted} bytes wait for their commit already`
  return null
}

/** Whether so much waits for its commit that nothing more is taken. */
export function isCrowded({ log, commit, options }: Node): boolean {
  return log.end(log.last) - log.end(commit) > options.uncommitted
}

function refuse(node: Node, leading: Leading, caller: Caller, why: string): void {
  conclude(node, leading, caller, { offset: 0, result: { kind: 'refused', why } })
}

/** Executes a write; answers false where it has to wait. */
function attempt(
  node: Node,
  leading: Leading,
  caller: Caller,
  forward: Forward,
  time: number,
  woken?: boolean,
): boolean {
  const execution = node.data.execute(forward.command, time, woken)
  if (!execution) return false
  const { id, ack } = forward
  const { outcome, operations, keys } = execution
  if (leading.waiters.size > 0) leading.waiters.remove(nameOf(id))
  if (operations.length === 0) {
    // It changed nothing: its answer is no more than what a read has seen.
    const offset = Math.max(node.commit, leading.dirty.touched(keys))
    conclude(node, leading, caller, unlogged(node, { offset, time, outcome }))
    return true
  }
  const done = write(node, leading, forward, time, execution)
  settle(node, leading, caller, logged(node, done), needsOf(ack))
  wake(node, leading, keys)
  return true
}

/** Logs what was executed; answers what it came to, and where. */
export function write(
  node: Node,
  leading: Leading,
  { id, floor }: Pick<LogEntry, 'id' | 'floor'>,
  time: number,
  { operations, outcome, keys }: Execution,
): Done {
  const done: Done = { offset: node.log.last + 1, time, outcome }
  const { offset } = done
  const entry: LogEntry = { term: node.term, offset, time, operations, id, floor }
  node.log.append(entry)
  applied(node, entry, done, keys)
  leading.dirty.touch(keys, offset)
  askFlush(node)
  return done
}

/** Serves who waits for the keys, as long as there is something to take. */
export function wake(node: Node, leading: Leading, keys: readonly string[] | null): void {
  if (leading.waiters.size === 0) return
  for (const key of keys ?? leading.waiters.keys()) {
    for (const name of leading.waiters.for(key)) {
      const waiter = leading.waiters.get(name)
      // It may have been served meanwhile, by what was written for another.
      if (!waiter) continue
      const { from, forward } = waiter
      const caller = stillThere(node, leading, from, forward.id)
      const why = refusal(node, leading, forward)
      if (why === null) attempt(node, leading, caller, forward, leaderTime(node, leading), true)
      else {
        leading.waiters.remove(name)
        refuse(node, leading, caller, why)
      }
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
  const { waiters } = leading
  const { now, options } = node
  if (waiters.size === 0 || !mayServe(node, leading)) return
  const time = leaderTime(node, leading)
  if (time < waiters.soonest && now.mono - waiters.lookedAt < STAYS * options.retry) return
  waiters.lookedAt = now.mono
  waiters.soonest = Number.POSITIVE_INFINITY
  for (const [name, { from, forward, until, refreshedAt }] of waiters) {
    if (until <= time) {
      waiters.remove(name)
      const outcome: Outcome = { ok: true, value: null }
      const caller = stillThere(node, leading, from, forward.id)
      conclude(node, leading, caller, unlogged(node, { offset: node.commit, time, outcome }))
    } else if (now.mono - refreshedAt > 3 * STAYS * options.retry) waiters.remove(name)
    else waiters.soonest = Math.min(waiters.soonest, until)
  }
}

/** A node has said which of its calls still wait: those that are unknown here must have got lost. */
export function stay(node: Node, leading: Leading, from: string, seqs: readonly number[]): void {
  const origin = originOf(processOf(from), 'block')
  const astray = seqs.filter((seq) => {
    const name = nameOf({ origin, seq })
    const waiter = leading.waiters.get(name)
    if (waiter) waiter.refreshedAt = node.now.mono
    return !waiter && !leading.held.has(name)
  })
  if (astray.length > 0) send(node, from, { kind: 'astray', term: node.term, seqs: astray })
}

/** The caller waits no more: either it is told so, or what it has taken. */
export function cancel(node: Node, leading: Leading, from: string, id: RequestId): void {
  const name = nameOf(id)
  leading.held.delete(name)
  if (!mayServe(node, leading)) return
  const done = node.requests.find(id)
  const known = done ? logged(node, done) : leading.unlogged.get(name)
  leading.waiters.remove(name)
  const caller = stillThere(node, leading, from, id)
  if (known) settle(node, leading, caller, known)
  else conclude(node, leading, caller, { offset: 0, result: { kind: 'cancelled' } })
}

/** Serves the calls that came before it was time. */
export function serveHeld(node: Node, leading: Leading): void {
  if (leading.held.size === 0 || !mayServe(node, leading)) return
  const held = [...leading.held.values()]
  leading.held.clear()
  for (const { from, forward } of held) serve(node, leading, from, forward)
}

/** What the leader's data says now; it holds once the offset is committed. */
export function read(node: Node, leading: Leading, { command }: Pick<Forward, 'command'>): Done {
  const time = leaderTime(node, leading)
  const fault = node.data.misuse(command)
  if (fault) return { offset: node.commit, time, outcome: fault }
  const outcome = node.data.read(command, time)
  return { offset: Math.max(node.commit, leading.dirty.touched(node.data.keysOf(command))), time, outcome }
}

function logged(node: Node, { offset, time, outcome }: Done): Unlogged {
  const place = { history: node.history ?? '', offset, time }
  return { offset, result: { kind: 'done', outcome, place, logged: true } }
}

export function unlogged(node: Node, { offset, time, outcome }: Done): Unlogged {
  const place = { history: node.history ?? '', offset, time }
  return { offset, result: { kind: 'done', outcome, place, logged: false } }
}

/** Answers a call that is not in the log, and remembers that it was answered. */
function conclude(node: Node, leading: Leading, caller: Caller, known: Unlogged): void {
  leading.unlogged.set(nameOf(caller.id), known)
  for (const oldest of leading.unlogged.keys()) {
    if (leading.unlogged.size <= node.options.calls) break
    leading.unlogged.delete(oldest)
  }
  settle(node, leading, caller, known)
}

/** Answers once the offset is held as it needs to be, unless by then nobody waits any more. */
export function settle(
  node: Node,
  leading: Leading,
  { to, id: { seq }, until }: Caller,
  { offset, result }: Unlogged,
  needs: Needs = 'committed',
): void {
  if (isHeld(node, leading, offset, needs)) reply(node, to, seq, result)
  else leading.pending.add({ offset, needs, to, seq, result, until })
}

/** Who waits for an answer, and until when by the leader's time. */
interface Caller {
  readonly to: string
  readonly id: RequestId
  readonly until: number
}

/** One who has said so, however long ago it called. */
function stillThere(node: Node, leading: Leading, to: string, id: RequestId): Caller {
  return { to, id, until: leaderTime(node, leading) + node.options.leaderWait }
}

function callerOf(to: string, { id, until }: Forward): Caller {
  return { to, id, until }
}

function needsOf(ack: Acknowledgement): Needs {
  return ack === 'leader' ? 1 : ack
}

/** What is known by the call's name; where nothing is, none is made. */
function found<Known>(
  all: { readonly size: number; get(name: string): Known | undefined },
  id: RequestId,
): Known | undefined {
  return all.size === 0 ? undefined : all.get(nameOf(id))
}

function nameOf({ origin, seq }: RequestId): string {
  return `${origin}:${seq}`
}
