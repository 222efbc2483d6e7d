import { CacheError, type Duration } from '@jcache/driver'
import { after } from '../after.ts'

/** What a loader is told, and what it may say of the value besides. */
export interface LoadContext {
  readonly key: string
  /** Aborted when the load takes too long, or when nobody waits for it any more. */
  readonly signal: AbortSignal
  /** The value that is to be replaced, stale or soon to be; undefined without one. */
  readonly previous: unknown
  /** Set, it is how long this value is fresh: milliseconds or `'5m'`; 0: it is not stored at all. */
  ttl: Duration | undefined
  /** Set, these are tags of this value besides those of the call. */
  tags: readonly string[]
}

/** What a loader of several keys is told. */
export type ManyContext = Omit<LoadContext, 'key' | 'previous'>

/** Answers the value. */
export type Loader<Value> = (context: LoadContext) => Value | Promise<Value>

/** What the work answers within so many milliseconds; then the controller is aborted and the answer is `TIMEOUT`. */
export async function limited<Reply>(
  key: string,
  ms: number,
  controller: AbortController,
  work: () => Promise<Reply>,
): Promise<Reply> {
  const { signal } = controller
  const cancel = after(ms, () =>
    controller.abort(new CacheError('TIMEOUT', `${JSON.stringify(key)} was not loaded within ${ms} ms`)),
  )
  try {
    return await until(work(), signal, (): unknown => signal.reason)
  } finally {
    cancel()
  }
}

/** What the promise answers, or `reason()` thrown as soon as the signal is aborted. */
export async function until<Reply>(
  promise: Promise<Reply>,
  signal: AbortSignal | undefined,
  reason: () => unknown,
): Promise<Reply> {
  if (!signal) return promise
  return new Promise<Reply>((resolve, reject) => {
    const stop = () => reject(reason())
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
