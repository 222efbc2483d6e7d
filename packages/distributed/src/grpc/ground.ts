import type { Message } from '../message.ts'
import type { Receiver, TransportError, TransportFault, TransportStatus } from '../transport.ts'
import { Writer } from '../wire/writer.ts'
import type { Settings } from './options.ts'

/** Bytes of one message of gRPC, at most. Larger ones of ours go in parts: nobody has to make room for more unasked. */
export const PART: number = 256 << 10

/** Of the window, the part that is read before the peer is told so. */
export const TOLD: number = 1 / 8

/** What all streams of one node stand on. */
export class Ground {
  readonly settings: Settings
  /** This run of the node. */
  readonly process: string
  /** The member that this node is now. */
  readonly self: () => string
  /** One for all, so that what goes to several is encoded once. */
  readonly writer: Writer = new Writer()
  readonly sent = { messages: 0, frames: 0, bytes: 0 }
  readonly received = { messages: 0, frames: 0, bytes: 0 }
  dropped = 0
  readonly #receiver: Receiver
  readonly #faults: { [Fault in TransportFault]?: number } = {}

  constructor(settings: Settings, process: string, self: () => string, receiver: Receiver) {
    this.settings = settings
    this.process = process
    this.self = self
    this.#receiver = receiver
  }

  get faults(): TransportStatus['faults'] {
    return { ...this.#faults }
  }

  message(from: string, message: Message): void {
    this.received.messages++
    this.#receiver.message(from, message)
  }

  dead(id: string): void {
    this.#receiver.dead(id)
  }

  fault(error: TransportError): void {
    this.#faults[error.fault] = (this.#faults[error.fault] ?? 0) + 1
    this.#receiver.fault?.(error)
  }
}
