import { performance } from 'node:perf_hooks'
import { CacheError, type Command as Row } from '@jcache/driver'
import type { Read } from './data.ts'
import { detached } from './detached.ts'
import type { Answer } from './effect.ts'
import { failureOf } from './failure.ts'
import type { Ways } from './levels.ts'
import { timeOfLocalRead } from './local-read.ts'
import { type Command, laterPlace, type Place, type ReadLevel, type Wish } from './request.ts'
import type { Runtime } from './runtime.ts'

/** A node that is there already, or the promise of one. */
export interface Started {
  readonly runtime: Runtime | undefined
  readonly starting: Promise<Runtime>
}

/** A call of the node: answered at once where it has the answer, else by promise. */
export type Caller = (name: string, row: Row) => (...given: readonly unknown[]) => unknown

/** Makes calls in these ways. */
export function callerOf(started: Started, ways: Ways): Caller {
  // What this session has seen: it reads nothing older.
  let seen: Place | null = null

  const replyOf = (answer: Answer, { command }: Wish, signal?: AbortSignal): unknown => {
    if (answer.kind !== 'done') throw failureOf(answer, textOf(command), signal)
    const { outcome, place } = answer
    if (ways.read.kind === 'session') seen = laterPlace(seen, place)
    if (!outcome.ok) throw new CacheError(outcome.code, outcome.message)
    return detached(outcome.value)
  }

  const call = (runtime: Runtime, wish: Wish, signal: AbortSignal | undefined): unknown => {
    let answered: Answer | undefined
    let settle: ((answer: Answer) => void) | undefined
    const seq = runtime.call(wish, (answer) => {
      if (settle) settle(answer)
      else answered = answer
    })
    if (answered) return replyOf(answered, wish)
    return new Promise((resolve, reject) => {
      const cancel = () => runtime.cancel(seq)
      signal?.addEventListener('abort', cancel)
      settle = (answer) => {
        signal?.removeEventListener('abort', cancel)
        try {
          resolve(replyOf(answer, wish, signal))
        } catch (error) {
          reject(error)
        }
      }
    })
  }

  const asCall: Caller = (name, row) => {
    const split = waitsOf(row)
    return (...given) => {
      const { args, wait, signal } = split(given)
      const command = { name, args: detached(args) as readonly unknown[] }
      const make = (runtime: Runtime): unknown => {
        const read: ReadLevel = ways.read.kind === 'session' ? { kind: 'session', seen } : ways.read
        const deadline = ways.commandTimeout + wait
        return call(runtime, { command, ack: ways.acknowledge, read, deadline, wait }, signal)
      }
      const refuseAborted = () => {
        if (signal?.aborted) throw failureOf({ kind: 'cancelled' }, textOf(command), signal)
      }
      refuseAborted()
      const { runtime, starting } = started
      if (runtime) return make(runtime)
      return within(starting, ways.commandTimeout, textOf(command)).then((begun) => {
        refuseAborted()
        return make(begun)
      })
    }
  }

  return (name, row) => {
    const called = asCall(name, row)
    if (row.mode !== 'read' || ways.read.kind !== 'local') return called
    let read: Read | undefined
    return (...given) => {
      const node = started.runtime?.node
      const time = node && timeOfLocalRead(node, mono)
      if (!node || time === undefined) return called(...given)
      node.data.time = time
      read ??= node.data.reader(name)
      return read(...given)
    }
  }
}

/** The call as errors name it. */
function textOf({ name, args }: Command): string {
  return `${name} ${String(args[0] ?? '')}`.trim()
}

function mono(): number {
  return performance.now()
}

/** What of the arguments is data, how long the command waits in milliseconds, and what ends the wait. */
function waitsOf({ mode, args: facts }: Row) {
  const timeoutAt = facts.indexOf('timeout')
  const optionsAt = facts.findIndex((fact) => typeof fact === 'object')
  return (given: readonly unknown[]) => {
    if (mode !== 'block') return { args: given, wait: 0, signal: undefined }
    const timeout = Number(given[timeoutAt])
    const options = given[optionsAt] as { readonly signal?: AbortSignal } | undefined
    return {
      args: given.slice(0, optionsAt),
      wait: timeout === 0 ? Number.POSITIVE_INFINITY : timeout,
      signal: options?.signal,
    }
  }
}

/** The node, once it listens, unless that takes too long. */
function within(starting: Promise<Runtime>, ms: number, what: string): Promise<Runtime> {
  return new Promise((resolve, reject) => {
    const late = () =>
      reject(
        new CacheError('UNAVAILABLE', `${what}: the node does not listen yet after ${ms} ms; not executed`),
      )
    const timer = setTimeout(late, ms).unref()
    starting
      .then(resolve, (cause: unknown) =>
        reject(new CacheError('UNAVAILABLE', `${what}: the node cannot listen; not executed`, { cause })),
      )
      .finally(() => clearTimeout(timer))
  })
}
