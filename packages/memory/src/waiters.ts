import { CacheError, show } from '@jcache/driver'
import { after } from './timer.ts'

/** One call that waits. */
interface Waiter {
  /** The key was filled: takes from it if it can, and waits no more. */
  serve(key: string): void
  fail(error: unknown): void
}

/** Calls that wait for keys to be filled, in the order they came, key by key. */
export class Waiters {
  readonly #queues = new Map<string, Set<Waiter>>()
  readonly #ready = new Set<string>()
  readonly #holds: (key: string) => boolean
  #serving = false

  /** `holds` tells whether the key is there. */
  constructor(holds: (key: string) => boolean) {
    this.#holds = holds
  }

  /** How many keys are waited for. */
  get size(): number {
    return this.#queues.size
  }

  /**
   * Answers what `take` takes from the first of the keys that is filled, null after the timeout (milliseconds, 0: never).
   * `take` answers undefined where there is nothing to take; what it throws ends the wait.
   * Rejects with `ABORTED` when the signal aborts (the cause is its reason), with `CLOSED` on close.
   */
  wait<Reply>(
    keys: readonly string[],
    take: (key: string) => Reply | undefined,
    timeout: number,
    signal?: AbortSignal,
  ): Promise<Reply | null> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        cancel?.()
        signal?.removeEventListener('abort', abort)
        for (const key of keys) {
          const queue = this.#queues.get(key)
          if (queue?.delete(waiter) && queue.size === 0) this.#queues.delete(key)
        }
      }
      const waiter: Waiter = {
        serve(key) {
          try {
            const reply = take(key)
            if (reply === undefined) return
            leave()
            resolve(reply)
          } catch (error) {
            waiter.fail(error)
          }
        },
        fail(error) {
          leave()
          reject(error)
        },
      }
      const abort = () => waiter.fail(aborted(keys, signal))
      const cancel =
        timeout > 0
          ? after(timeout, () => {
              leave()
              resolve(null)
            })
          : undefined
      signal?.addEventListener('abort', abort)
      for (const key of keys) {
        const queue = this.#queues.get(key)
        if (queue) queue.add(waiter)
        else this.#queues.set(key, new Set([waiter]))
      }
    })
  }

  /** The key was changed: serves who waits for it, longest first, as long as it is there. */
  wake(key: string): void {
    if (!this.#queues.has(key)) return
    this.#ready.add(key)
    // Taking is a change too and comes back here: the loop below goes on with it, instead of a deeper call.
    if (this.#serving) return
    this.#serving = true
    try {
      for (const filled of this.#ready) {
        this.#ready.delete(filled)
        for (const waiter of this.#queues.get(filled) ?? []) {
          if (!this.#holds(filled)) break
          waiter.serve(filled)
        }
      }
    } finally {
      this.#serving = false
    }
  }

  /** Ends every wait with `CLOSED`. */
  close(): void {
    for (const [key, queue] of this.#queues)
      for (const waiter of queue)
        waiter.fail(
          new CacheError('CLOSED', `the memory tier was closed while a call waited for ${show(key)}`),
        )
  }
}

/** The error of a call whose signal has aborted. */
export function aborted(keys: readonly string[], signal: AbortSignal | undefined): CacheError {
  return new CacheError('ABORTED', `the wait for ${JSON.stringify(keys)} was aborted`, {
    cause: signal?.reason,
  })
}
