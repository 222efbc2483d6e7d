import type { ChannelCredentials, Metadata } from '@grpc/grpc-js'
import { PeersClient } from '../gen/jcache/v1/peers.ts'
import { type PeerStatus, TransportError } from '../transport.ts'
import { isLoopback, isUnspecified, parsedAddress } from './address.ts'
import { channelOptions } from './channel-options.ts'
import type { Ground } from './ground.ts'
import { Lane } from './lane.ts'
import type { Letter } from './letter.ts'
import { outOfHttp2 } from './out-of-http2.ts'
import { isRefused } from './probe.ts'

/** Milliseconds between attempts: doubled with each that failed, and never the same for all. */
const FIRST_REST = 20
const LONGEST_REST = 300
/** A stream that lasted so long was a good one. */
const GOOD = 1_000
/** How long a dying process may still take connections: its files are closed one by one. */
const DYING = 50
/** How long the last words may take. */
const FAREWELL = 300

export interface Keys {
  readonly credentials: ChannelCredentials
  readonly metadata: Metadata
}

/** What this node has to say to one process: streams that are begun again whenever they end. */
export class Link {
  readonly process: string
  readonly address: string
  /** When something was last sent, by the monotonic clock. */
  usedAt: number
  /** The members that the process is or was, as far as we know. */
  readonly #ids = new Set<string>()
  readonly #ground: Ground
  readonly #keys: Keys
  #client: PeersClient | undefined
  #session: Lane | undefined
  #snapshot: Lane | undefined
  #failures = 0
  #openedAt = Number.POSITIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #isClosed = false
  #ended: (() => void) | undefined

  constructor(ground: Ground, keys: Keys, process: string, address: string) {
    this.#ground = ground
    this.#keys = keys
    this.process = process
    this.address = address
    this.usedAt = performance.now()
    this.#dial()
  }

  status(): PeerStatus {
    const lanes = [this.#session, this.#snapshot]
    const sum = (of: (lane: Lane) => number): number =>
      lanes.reduce((total, lane) => total + (lane ? of(lane) : 0), 0)
    return {
      process: this.process,
      address: this.address,
      state: this.#session?.isOpen ? 'open' : this.#session ? 'dialling' : 'resting',
      inFlight: sum(({ queue }) => queue.inFlight),
      waiting: sum(({ queue }) => queue.waitingBytes),
    }
  }

  knownAs(ids: readonly string[]): void {
    this.#ids.clear()
    for (const id of ids) this.#ids.add(id)
  }

  send(letter: Letter): void {
    this.usedAt = performance.now()
    this.#ids.add(letter.to)
    const lane = letter.message.kind === 'slice' ? this.#beside() : this.#session
    if (lane) lane.add(letter)
    else this.#ground.dropped++
  }

  flush(): void {
    this.#session?.flush()
    this.#snapshot?.flush()
  }

  /** Ends once the last words are over, or have taken too long. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    clearTimeout(this.#timer)
    if (this.#session?.isOpen) {
      const ended = new Promise<void>((resolve) => {
        this.#ended = resolve
      })
      const timer = setTimeout(() => this.#ended?.(), FAREWELL)
      this.#session.finish()
      this.#snapshot?.finish()
      await ended
      clearTimeout(timer)
    }
    this.#letGo()
    await outOfHttp2()
  }

  #dial(): void {
    const { settings } = this.#ground
    const address = parsedAddress(this.address)
    if (!address || isUnspecified(address.host)) {
      const what = `its address ${JSON.stringify(this.address)} is none that can be dialled, as host:port`
      this.#fail(new TransportError('ADDRESS', this.process, what))
      return
    }
    if (!settings.tls && !settings.insecure && !isLoopback(address.host)) {
      const why = `${this.address} is beyond this machine: give tls, or say insecure: true`
      this.#fail(new TransportError('INSECURE', this.process, why))
      return
    }
    const client = new PeersClient(
      this.address,
      this.#keys.credentials,
      channelOptions(settings, this.process),
    )
    this.#client = client
    this.#session = this.#lane(client, 'session')
    // gRPC itself waits for ever on one who takes the connection and says nothing.
    this.#timer = setTimeout(() => {
      const why = `no welcome within ${settings.connectTimeout} ms`
      this.#fail(new TransportError('UNREACHABLE', this.process, why))
    }, settings.connectTimeout).unref()
  }

  #lane(client: PeersClient, kind: 'session' | 'snapshot'): Lane {
    const lane = new Lane(this.#ground, this.process, client[kind](this.#keys.metadata), {
      opened: () => {
        if (kind === 'snapshot' || client !== this.#client) return
        clearTimeout(this.#timer)
        this.#openedAt = performance.now()
      },
      lost: (error) => {
        if (client === this.#client) this.#fail(error)
      },
    })
    return lane
  }

  /** The stream for snapshots, begun when the first is sent. */
  #beside(): Lane | undefined {
    if (this.#client && this.#session?.isOpen) this.#snapshot ??= this.#lane(this.#client, 'snapshot')
    return this.#snapshot
  }

  /** Rests, and begins anew. What waited is lost: by then it would be old. */
  #fail(error: TransportError): void {
    if (this.#isClosed) {
      this.#ended?.()
      return
    }
    this.#letGo()
    // One that is refused as soon as it speaks must not try without rest.
    if (performance.now() - this.#openedAt >= GOOD) this.#failures = 0
    this.#openedAt = Number.POSITIVE_INFINITY
    const rest = Math.min(FIRST_REST * 2 ** this.#failures, LONGEST_REST)
    this.#failures = Math.min(this.#failures + 1, 10)
    this.#rest(rest)
    this.#ground.fault(error)
    if (!this.#ground.settings.direct) return
    if (error.fault === 'LOST') void this.#examine(DYING)
    else if (error.fault === 'UNREACHABLE') void this.#examine(0)
  }

  /** Tells if nobody listens where the process did. */
  async #examine(patience: number): Promise<void> {
    const address = parsedAddress(this.address)
    if (!address || !(await isRefused(address, patience)) || this.#isClosed || this.#session?.isOpen) return
    // What is started in its place has another name: there is no hurry to dial again.
    if (!this.#client) this.#rest(LONGEST_REST)
    for (const id of this.#ids) this.#ground.dead(id)
  }

  #rest(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#dial(), ms * (0.5 + Math.random() / 2)).unref()
  }

  #letGo(): void {
    const [client, session, snapshot] = [this.#client, this.#session, this.#snapshot]
    this.#client = undefined
    this.#session = undefined
    this.#snapshot = undefined
    void outOfHttp2().then(() => {
      session?.cancel()
      snapshot?.cancel()
      client?.close()
    })
  }
}
