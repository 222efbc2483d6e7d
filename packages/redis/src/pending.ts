import { CacheError } from '@jcache/driver'
import type { Settings } from './options.ts'

/** The calls that wait for the server: each for a bounded time, and a bounded number of them. */
export interface Pending {
  /** Runs the call. What it fails with, or that it is late, is explained to the caller. */
  add(run: () => Promise<unknown>, explain: (error: unknown) => Error): Promise<unknown>
  /** Resolves when no call waits, which the bounds make sure of. */
  idle(): Promise<void>
}

/** `late` tells what it means that a call has waited for too long. */
export function pendingCalls({ commandTimeout, maxPending }: Settings, late: () => Error): Pending {
  let waiting = 0
  // Commands that the server has not answered, also those of calls that wait no longer: they still take memory.
  let unanswered = 0
  let whenIdle: (() => void) | undefined

  return {
    add: (run, explain) =>
      new Promise((resolve, reject) => {
        if (unanswered >= maxPending) {
          const text = `${unanswered} calls (maxPending) wait for the server already`
          return reject(explain(new CacheError('UNAVAILABLE', text)))
        }
        let over = false
        const settle = () => {
          over = true
          clearTimeout(timer)
          if (--waiting === 0) whenIdle?.()
        }
        const fail = (error: unknown) => {
          if (over) return
          settle()
          reject(explain(error))
        }
        waiting++
        unanswered++
        // An answer that came while this process was busy is read before the call is given up.
        const timer = setTimeout(() => setImmediate(() => fail(late())), commandTimeout).unref()
        begin(run).then(
          (reply) => {
            unanswered--
            if (over) return
            settle()
            resolve(reply)
          },
          (error: unknown) => {
            unanswered--
            fail(error)
          },
        )
      }),
    idle: async () => {
      if (waiting === 0) return
      await new Promise<void>((resolve) => {
        whenIdle = resolve
      })
    },
  }
}

/** What is thrown at once, rejects. */
function begin(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return run()
  } catch (error) {
    return Promise.reject(error)
  }
}
