import { setMaxListeners } from 'node:events'
import { CacheError } from '@jcache/driver'
import { type Calls, Connection } from './connection.ts'
import { asksNobody, isLate, kindOf, refusal } from './failure.ts'
import type { Settings } from './options.ts'
import { Backoff, pause } from './pause.ts'

/** What gRPC wants of each call: when it ends at the latest, in Unix milliseconds. */
export interface Until {
  readonly deadline: number
}

/** The servers of one cluster: one of them is asked, and when it fails, the next. */
export class Servers {
  readonly settings: Settings
  readonly #closing = new AbortController()
  /** Connections that are not ended yet, retired ones too. */
  readonly #open = new Set<Connection>()
  /** For each host the connection to use, where there is one. */
  readonly #connections: (Connection | undefined)[]
  /** The host in use. */
  #at: number
  #token: Promise<string | undefined> | undefined

  constructor(settings: Settings) {
    this.settings = settings
    // As many wait for it as there are calls.
    setMaxListeners(0, this.closing)
    // So that not everybody begins with the first.
    this.#connections = settings.hosts.map(() => undefined)
    this.#at = Math.floor(Math.random() * settings.hosts.length)
  }

  /** Aborted by `close`. */
  get closing(): AbortSignal {
    return this.#closing.signal
  }

  /**
   * Makes a call that may happen twice without harm, on one server after the other, until one answers or the time is up.
   *
   * @throws CacheError `UNAVAILABLE`: it did not happen; `TIMEOUT`: it may have; `CLOSED`; `INVALID_ARGUMENT`: etcd takes
   * nothing that large.
   */
  async ask<T>(
    what: string,
    call: (calls: Calls, until: Until, connection: Connection) => Promise<T>,
    timeout: number = this.settings.timeout,
  ): Promise<T> {
    const { hosts, tell } = this.settings
    const end = performance.now() + timeout
    const backoff = new Backoff(20, 500)
    let uncertain: Error | undefined
    let last: Error | undefined
    for (let left = timeout, tries = 0; left > 0; left = end - performance.now(), tries++) {
      const connection = this.#connection(what)
      // A server that keeps silent leaves time for the others.
      const share = left / Math.max(1, Math.min(3, hosts.length - tries))
      const until = { deadline: Date.now() + Math.ceil(share) }
      try {
        connection.token = await this.#tokenFrom(connection, until)
        return await call(connection.calls, until, connection)
      } catch (thrown) {
        this.#checkOpen(what)
        const error = thrown instanceof Error ? thrown : new Error(String(thrown))
        const kind = kindOf(error)
        if (kind === 'refused') throw refusal(what, connection.host, error)
        if (kind === 'token') this.#token = undefined
        else this.leave(connection, what, error)
        if (kind === 'unknown') uncertain = error
        last = error
        // The next server is asked at once; when all have failed it is time to wait.
        const wait = tries === 0 || tries % hosts.length > 0 ? 0 : backoff.next()
        await pause(Math.min(wait, Math.max(0, end - performance.now())), this.closing, true)
      }
    }
    this.#checkOpen(what)
    const cause = uncertain ?? last
    const error = new CacheError(
      uncertain ? 'TIMEOUT' : 'UNAVAILABLE',
      `${what}: no answer from etcd (${hosts.join(', ')}) within ${Math.round(timeout)} ms: ${cause?.message}`,
      { cause },
    )
    tell({ kind: 'failed', during: what, error })
    throw error
  }

  /** The connection that is in use now, for a stream; signed, and left by `leave`. Throws what the call for a token fails with. */
  async connected(what: string): Promise<Connection> {
    const connection = this.#connection(what)
    try {
      connection.token = await this.#tokenFrom(connection, { deadline: Date.now() + this.settings.timeout })
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown))
      this.leave(connection, what, error)
      throw error
    }
    return connection
  }

  /**
   * This connection failed: turns to the next server, unless that has happened since. One that keeps silent is given up;
   * one that cannot be made is kept, and gRPC tries to make it now and then, which would go on if it were closed.
   */
  leave(connection: Connection, during: string, error: Error): void {
    const at = this.#connections.indexOf(connection)
    if (at < 0 || this.closing.aborted) return
    if (isLate(error)) {
      this.#connections[at] = undefined
      connection.retire()
    }
    if (at !== this.#at) return
    this.#at = (at + 1) % this.#connections.length
    connection.cancelStreams()
    this.settings.tell({ kind: 'server-failed', host: connection.host, during, error })
  }

  /** The token in use is no longer taken. */
  forgetToken(): void {
    this.#token = undefined
  }

  /** Cancels everything; what was under way fails with `CLOSED`. */
  close(): void {
    this.#closing.abort()
    for (const connection of [...this.#open]) connection.close()
  }

  #checkOpen(what: string): void {
    if (this.closing.aborted) throw new CacheError('CLOSED', `${what}: closed`)
  }

  #connection(what: string): Connection {
    this.#checkOpen(what)
    const connection =
      this.#connections[this.#at] ??
      new Connection(this.settings.hosts[this.#at] ?? '', this.settings, (ended) => this.#open.delete(ended))
    this.#connections[this.#at] = connection
    this.#open.add(connection)
    return connection
  }

  /** Where a user is given, the token that stands for it; one for all servers. */
  async #tokenFrom(connection: Connection, until: Until): Promise<string | undefined> {
    const { user } = this.settings
    if (!user) return undefined
    const asked =
      this.#token ??
      connection.calls.auth.authenticate(user, until).then(
        ({ token }) => token,
        (error: unknown) => {
          if (asksNobody(error)) return undefined
          throw error
        },
      )
    this.#token = asked
    try {
      return await asked
    } catch (error) {
      if (this.#token === asked) this.#token = undefined
      throw error
    }
  }
}
