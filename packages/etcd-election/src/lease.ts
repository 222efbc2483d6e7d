import type { Calls, Connection } from './connection.ts'
import { Backoff, pause } from './pause.ts'
import type { Servers, Until } from './servers.ts'

/** How much of the time that etcd grants is relied on; the rest is for clocks that run differently. */
const trusted = 0.85

/**
 * A lease that is kept alive until it is revoked or etcd has it no longer. It is valid until a while after the moment at
 * which the last keep-alive that etcd acknowledged was *sent*: etcd cannot have counted from an earlier one.
 */
export class Lease {
  readonly id: string
  /** Aborted when etcd says that the lease is gone. */
  readonly gone: AbortSignal
  readonly #servers: Servers
  readonly #gone = new AbortController()
  readonly #ending = new AbortController()
  /** Milliseconds that etcd granted. */
  #granted: number
  #sent: Moment
  #revoking: Promise<void> | undefined

  private constructor(servers: Servers, id: string, granted: number, sent: Moment) {
    this.#servers = servers
    this.id = id
    this.gone = this.#gone.signal
    this.#granted = granted
    this.#sent = sent
    void this.#keepAlive()
  }

  /** A new lease; etcd may grant more time than is asked for. @throws as `Servers.ask` */
  static async grant(servers: Servers, what: string): Promise<Lease> {
    let sent = moment()
    const { ID, TTL } = await servers.ask(what, ({ lease }, until) => {
      sent = moment()
      return lease.leaseGrant({ TTL: Math.ceil(servers.settings.ttl / 1_000) }, until)
    })
    return new Lease(servers, ID, Number(TTL) * 1_000, sent)
  }

  /**
   * Whether keys of the lease are certainly there. Asked anew at each use; a process that was frozen finds out here, before
   * it does anything. Both clocks count: the monotonic one stands still while a machine is suspended, the other may be set.
   */
  isValid(): boolean {
    return !this.gone.aborted && this.left() > 0
  }

  /** Milliseconds for which the lease is valid unless a keep-alive is acknowledged; below zero: for how long it has not been. */
  left(): number {
    const now = moment()
    const passed = Math.max(now.mono - this.#sent.mono, now.wall - this.#sent.wall)
    return this.#granted * trusted - passed
  }

  /** Another call has been told that etcd has it no longer. */
  declareGone(): void {
    this.#ending.abort()
    this.#gone.abort()
  }

  /** Ends the lease, and with it its keys. Never rejects: a lease that cannot be revoked runs out. */
  revoke(): Promise<void> {
    this.#revoking ??= this.#revoke()
    return this.#revoking
  }

  async #revoke(): Promise<void> {
    this.#ending.abort()
    if (this.gone.aborted || this.#servers.closing.aborted) return
    try {
      await this.#servers.ask('revoke', ({ lease }, until) => lease.leaseRevoke({ ID: this.id }, until))
    } catch {
      // Told as an event; and etcd may have revoked it at the first try whose answer was lost.
    }
  }

  async #keepAlive(): Promise<void> {
    const ending = AbortSignal.any([this.#ending.signal, this.#servers.closing])
    const backoff = new Backoff(50, this.#granted / 6)
    let wait = this.#granted / 3
    while (await pause(wait, ending)) {
      try {
        const seconds = await this.#keepAliveOnce()
        if (seconds <= 0) return this.declareGone()
        backoff.reset()
        wait = this.#granted / 3
      } catch {
        // However long it takes: an etcd that comes back may still have the lease.
        wait = backoff.next()
      }
    }
  }

  /** Answers the seconds that etcd gives, 0 if it has no such lease. */
  async #keepAliveOnce(): Promise<number> {
    const timeout = Math.min(this.#granted / 3, this.#servers.settings.timeout)
    let sent = moment()
    const call = (_: Calls, until: Until, connection: Connection) => {
      sent = moment()
      return answerOf(connection, this.id, until)
    }
    const seconds = await this.#servers.ask('keep-alive', call, timeout)
    if (seconds > 0) {
      this.#granted = seconds * 1_000
      this.#sent = sent
    }
    return seconds
  }
}

/** One keep-alive on a stream of its own: that way it fails over as any other call. */
async function answerOf(connection: Connection, id: string, until: Until): Promise<number> {
  const stream = await connection.calls.lease.leaseKeepAlive(until)
  const release = connection.during(() => stream.cancel())
  try {
    return await new Promise<number>((resolve, reject) => {
      stream
        .on('data', ({ TTL }) => resolve(Number(TTL)))
        .on('error', reject)
        .on('end', () => reject(new Error('etcd ended the stream without an answer')))
      stream.write({ ID: id })
    })
  } finally {
    stream.cancel()
    release()
  }
}

interface Moment {
  readonly mono: number
  readonly wall: number
}

function moment(): Moment {
  return { mono: performance.now(), wall: Date.now() }
}
