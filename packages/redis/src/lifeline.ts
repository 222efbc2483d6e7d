import { CacheError } from '@jcache/driver'
import type { Redis } from 'ioredis'
import type { Primary } from './primaries.ts'
import { end, watch } from './watch.ts'

/** A connection on which a server tells. It never reconnects: it is replaced. Whoever waits on it learns when it is lost. */
export class Lifeline {
  readonly client: Redis
  readonly #lastError: () => Error | undefined
  #lost: CacheError | undefined
  #fail: (error: CacheError) => void = () => {}

  constructor(primary: Primary, protocol: 2 | 3) {
    this.client = primary.connect({
      autoResendUnfulfilledCommands: false,
      autoResubscribe: false,
      blockingTimeout: undefined,
      commandTimeout: undefined,
      db: 0,
      disconnectTimeout: 100,
      enableAutoPipelining: false,
      enableOfflineQueue: false,
      maxRetriesPerRequest: null,
      protocol,
      readOnly: false,
      reconnectOnError: null,
      retryStrategy: null,
      sentinelRetryStrategy: () => null,
      socketTimeout: undefined,
    })
    this.#lastError = watch(this.client)
    // Waiting to be told keeps no process alive.
    this.client.on('connect', () => {
      const { stream } = this.client
      if ('unref' in stream && typeof stream.unref === 'function') stream.unref()
    })
    for (const event of ['close', 'end'] as const) this.client.once(event, () => this.#cut())
  }

  /** Connects; rejects with CacheError where that takes longer than `ms`. */
  connect(ms: number): Promise<void> {
    // Not the promise of `connect()`, which may be left open by a connection that is given up.
    const ready = new Promise<void>((resolve) => this.client.once('ready', resolve))
    this.client.connect().catch(() => this.#cut())
    return this.within(ms, ready)
  }

  /** What the work answers, within `ms`; rejects with CacheError where it takes longer or the connection is lost. */
  within<Answer>(ms: number, work: Promise<Answer>): Promise<Answer> {
    return this.#wait(work, ms)
  }

  /** Resolves with the rest; rejects when the connection is lost. */
  during(rest: Promise<void>): Promise<void> {
    return this.#wait(rest)
  }

  end(): Promise<void> {
    return end(this.client)
  }

  /** One waits at a time: a promise of the loss, raced with at every sign of life, would remember each race. */
  async #wait<Answer>(work: Promise<Answer>, ms?: number): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise<Answer>((resolve, reject) => {
        const late = () =>
          reject(new CacheError('TIMEOUT', `the server gave no sign of life within ${ms} ms`))
        // What came while this process was busy is read before the server is given up.
        if (ms !== undefined) timer = setTimeout(() => setImmediate(late), ms).unref()
        this.#fail = reject
        work.then(resolve, reject)
        if (this.#lost) reject(this.#lost)
      })
    } finally {
      clearTimeout(timer)
    }
  }

  #cut(): void {
    const cause = this.#lastError()
    const why = cause ? `: ${cause.message}` : ''
    this.#lost ??= new CacheError('UNAVAILABLE', `the connection was lost${why}`, { cause })
    this.#fail(this.#lost)
  }
}
