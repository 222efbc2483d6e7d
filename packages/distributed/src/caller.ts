import { CacheError, type Command as Row } from '@jcache/driver'
import type { Read } from './data.ts'
import { detached } from './detached.ts'
import type { Answer } from './effect.ts'
import { failureOf } from './failure.ts'
import type { Ways } from './levels.ts'
import { timeOfLocalRead } from './local-read.ts'
import { laterPlace, type Place } from './request.ts'
import type { Runtime, Wish } from './runtime.ts'

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

  const replyOf = (answer: Answer, what: () => string, signal?: AbortSignal): unknown => {
    if (answer.kind !== 'done') throw failureOf(answer, what(), signal)
    const { outcome, place } = answer
    if (ways.read.kind === 'session') seen = laterPlace(seen, place)
    if (!outcome.ok) throw new CacheError(outcome.code, outcome.message)
    return detached(outcome.value)
  }

  const call = (
    runtime: Runtime,
    wish: Wish,
    what: () => string,
    signal: AbortSignal | undefined,
  ): unknown => {
    let answered: Answer | undefined
    let settle: ((answer: Answer) => void) | undefined
    const seq = runtime.call(wish, (answer) => {
      if (settle) settle(answer)
      else answered = answer
    })
    if (answered) return replyOf(answered, what)
    return new Promise((resolve, reject) => {
      const cancel = () => runtime.cancel(seq)
      signal?.addEventListener('abort', cancel)
      settle = (answer) => {
        signal?.removeEventListener('abort', cancel)
        try {
          resolve(replyOf(answer, what, signal))
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
      const what = () => `${name} ${String(args[0] ?? '')}`.trim()
      if (signal?.aborted) throw failureOf({ kind: 'cancelled' }, what(), signal)
      const wish = (): Wish => ({
        command: { name, args: detached(args) as readonly unknown[] },
        ack: ways.acknowledge,
        read: ways.read.kind === 'session' ? { kind: 'session', seen } : ways.read,
        deadline: ways.commandTimeout + wait,
        wait,
      })
      const { runtime, starting } = started
      if (runtime) return call(runtime, wish(), what, signal)
      return within(starting, ways.commandTimeout, what()).then((begun) => {
        if (signal?.aborted) throw failureOf({ kind: 'cancelled' }, what(), signal)
        return call(begun, wish(), what, signal)
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
