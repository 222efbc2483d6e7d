import type { Member } from '@jcache/driver/election'
import type { Message } from './message.ts'

/** What a transport tells the node. None of these may throw. */
export interface Receiver {
  /** A message of the member with this id. */
  message(from: string, message: Message): void
  /**
   * The listener of the member refuses: the process that had the id is dead. Told only where that is certain, and again as
   * long as it is so.
   */
  dead(id: string): void
  /** Something was refused or dropped; the transport goes on. */
  fault?(error: TransportError): void
}

/**
 * Carries messages between nodes: in order while a connection lasts, at most once. What cannot be sent is lost, and the
 * machine asks again. It never throws, never blocks, and holds no more for a slow member than its window.
 */
export interface Transport {
  /** Where others reach this node, as the coordinator is to be told: `host:port`. */
  readonly address: string
  /** The members that there are, with the addresses they listen on: each is dialled, and dialled again. */
  reach(members: readonly Member[]): void
  /**
   * Goes out with all that is sent in the same turn. Of what waits for a slow member, heartbeats and acknowledgements give
   * way to newer ones.
   */
  send(to: string, message: Message): void
  /** Sends now what was sent in this turn, without waiting for its end. */
  flush(): void
  status(): TransportStatus
  /** Sends what can be sent at once, stops listening and lets go of all connections. May be called again. */
  close(): Promise<void>
}

/** Starts to listen. `self` names the member that this node is now: it may become another. */
export type OpenTransport = (self: () => string, receiver: Receiver) => Promise<Transport>

/**
 * Why something was refused or dropped.
 *
 * - `TOKEN`, `CERTIFICATE`: one who cannot show that it belongs here.
 * - `CLUSTER`, `VERSION`, `PROCESS`: one of another cluster, of another version, or who wants another process.
 * - `HELLO`: one who does not say who it is, in time.
 * - `BYTES`: what is no message. `SENDER`: a message in another's name.
 * - `TOO_LARGE`: a message above the limit. `UNENCODABLE`: one that holds what is no data.
 * - `CROWDED`: more streams than there are members of a cluster.
 * - `SLOW`: more waits for the peer than may. `LOST`: a stream that ended. `UNREACHABLE`: no stream could be begun.
 * - `INSECURE`: an address beyond this machine, without TLS. `ADDRESS`: one that is no address, or that nobody can dial.
 */
export type TransportFault =
  | 'TOKEN'
  | 'CERTIFICATE'
  | 'CLUSTER'
  | 'VERSION'
  | 'PROCESS'
  | 'HELLO'
  | 'BYTES'
  | 'SENDER'
  | 'TOO_LARGE'
  | 'UNENCODABLE'
  | 'CROWDED'
  | 'SLOW'
  | 'LOST'
  | 'UNREACHABLE'
  | 'INSECURE'
  | 'ADDRESS'

/** Something was refused or dropped; the transport goes on. */
export class TransportError extends Error {
  override name = 'TransportError'
  readonly fault: TransportFault
  /** The process or the address that it is about. */
  readonly peer: string

  constructor(fault: TransportFault, peer: string, message: string, options?: { cause?: unknown }) {
    super(`${peer}: ${message}`, options)
    this.fault = fault
    this.peer = peer
  }
}

/** How it stands with one process. */
export interface PeerStatus {
  readonly process: string
  readonly address: string
  readonly state: 'open' | 'dialling' | 'resting'
  /** Bytes that it has not read yet, as far as it has said. */
  readonly inFlight: number
  /** Bytes that wait for it here. */
  readonly waiting: number
}

export interface TransportStatus {
  readonly peers: readonly PeerStatus[]
  /** How many stream to this node. */
  readonly inbound: number
  readonly sent: { readonly messages: number; readonly frames: number; readonly bytes: number }
  readonly received: { readonly messages: number; readonly frames: number; readonly bytes: number }
  /** Messages that were dropped: nobody could be asked to take them, or they were for another life. */
  readonly dropped: number
  readonly faults: { readonly [Fault in TransportFault]?: number }
}
