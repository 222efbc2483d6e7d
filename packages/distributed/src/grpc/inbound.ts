import type { ServerDuplexStream } from '@grpc/grpc-js'
import type { Frame, Heard, Hello } from '../gen/jcache/v1/peers.ts'
import { processOf } from '../record.ts'
import { TransportError, type TransportFault } from '../transport.ts'
import { decode, type Parcel, VERSION } from '../wire/parcel.ts'
import { Assembly } from './assembly.ts'
import { certificateFault, hasToken } from './credentials.ts'
import { type Ground, TOLD } from './ground.ts'
import { outOfHttp2 } from './out-of-http2.ts'
import { statusOf } from './refusal.ts'
import type { Words } from './service.ts'

/** Whom an inbound stream asks and tells. */
export interface Doorkeeper {
  /** The process is let in, in place of an older stream of its. */
  admit(process: string): void
  /** It is over. */
  ended(): void
}

/** A stream that another process began: it says who it is, and then messages. Nothing of it is heard before it is let in. */
export class Inbound {
  /** Who it is, undefined until it was let in. */
  process: string | undefined
  readonly #ground: Ground
  readonly #call: ServerDuplexStream<Words, Heard>
  readonly #doorkeeper: Doorkeeper
  #patience: NodeJS.Timeout | undefined
  readonly #assembly: Assembly
  #read = 0
  #told = 0
  #window = 0
  #isOver = false

  constructor(ground: Ground, call: ServerDuplexStream<Words, Heard>, doorkeeper: Doorkeeper) {
    this.#ground = ground
    this.#call = call
    this.#doorkeeper = doorkeeper
    this.#assembly = new Assembly(ground.settings.maxMessage)
    call.on('cancelled', () => {
      if (!this.#isOver)
        ground.fault(new TransportError('LOST', this.process ?? call.getPeer(), 'has broken off'))
      this.#end()
    })
    for (const event of ['close', 'error'] as const) call.on(event, () => this.#end())
  }

  begin(): void {
    const { settings } = this.#ground
    const call = this.#call
    this.#patience = setTimeout(
      () => this.refuse('HELLO', 'has not said who it is'),
      settings.connectTimeout,
    ).unref()
    if (!hasToken(settings, call.metadata)) this.refuse('TOKEN', 'has not the token of the cluster')
    else {
      call.on('data', (words: Words) => this.#hear(words))
      call.on('end', () => {
        this.#end()
        void outOfHttp2().then(() => call.end())
      })
    }
  }

  /** Ends it, and says why. */
  refuse(fault: TransportFault, why: string): void {
    if (this.#isOver) return
    this.#ground.fault(this.dismiss(fault, why))
  }

  /** Ends it, and says why; here it is nothing to be told. */
  dismiss(fault: TransportFault, why: string): TransportError {
    const error = new TransportError(fault, this.process ?? this.#call.getPeer(), why)
    this.#end()
    void outOfHttp2().then(() => this.#call.emit('error', statusOf(error)))
    return error
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#patience)
    this.#call.removeAllListeners('data')
    this.#call.resume()
    this.#doorkeeper.ended()
  }

  #hear({ said }: Words): void {
    if (this.#isOver) return
    if (said === 'garbage') this.refuse('BYTES', 'says what is no message of gRPC')
    else if (said?.$case === 'frame' && this.process !== undefined) this.#frame(said.value)
    else if (said?.$case === 'hello' && this.process === undefined) this.#hello(said.value)
    else this.refuse('HELLO', 'says hello once, before all else')
  }

  #hello({ cluster, version, process, to, window }: Hello): void {
    const { settings, process: own } = this.#ground
    const certificate = this.#call.getAuthContext().sslPeerCertificate
    const uncertified = certificateFault(settings, certificate, process)
    if (uncertified !== undefined) this.refuse('CERTIFICATE', `is not ${process}: ${uncertified}`)
    else if (cluster !== settings.cluster)
      this.refuse(
        'CLUSTER',
        `is of the cluster ${JSON.stringify(cluster)}, this is ${JSON.stringify(settings.cluster)}`,
      )
    else if (version !== VERSION) this.refuse('VERSION', `speaks version ${version}, here it is ${VERSION}`)
    else if (process === '' || to !== own)
      this.refuse(
        'PROCESS',
        `is ${JSON.stringify(process)} and wants ${JSON.stringify(to)}, this is ${JSON.stringify(own)}`,
      )
    else {
      clearTimeout(this.#patience)
      this.process = process
      this.#window = Math.min(settings.window, window)
      this.#doorkeeper.admit(process)
      this.#call.write({ heard: { $case: 'welcome', value: { window: settings.window } } })
    }
  }

  #frame(frame: Frame): void {
    const { received, settings } = this.#ground
    received.frames++
    received.bytes += frame.bytes.length
    this.#read += frame.bytes.length
    const bytes = this.#assembly.add(frame)
    if (bytes === 'too-large')
      this.refuse('TOO_LARGE', `sends a message of more than ${settings.maxMessage} bytes`)
    else if (bytes === 'out-of-place') this.refuse('BYTES', 'sends a part that is out of place')
    else if (bytes) this.#message(bytes)
    const isPiece = bytes !== frame.bytes
    if (this.#isOver || (!isPiece && this.#read - this.#told < this.#window * TOLD)) return
    this.#told = this.#read
    this.#call.write({ heard: { $case: 'read', value: { bytes: this.#read } } })
  }

  #message(bytes: Buffer): void {
    let parcel: Parcel
    try {
      parcel = decode(bytes)
    } catch (error) {
      this.refuse('BYTES', error instanceof Error ? error.message : String(error))
      return
    }
    const { from, to, messages } = parcel
    if (processOf(from) !== this.process) {
      this.refuse('SENDER', `speaks for ${JSON.stringify(from)}`)
      return
    }
    for (const message of messages) {
      // One of them may make another member of this node.
      if (to === this.#ground.self()) this.#ground.message(from, message)
      else this.#ground.dropped++
    }
  }
}
