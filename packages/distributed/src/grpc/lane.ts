import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js'
import type { Heard, Said } from '../gen/jcache/v1/peers.ts'
import type { Message } from '../message.ts'
import { TransportError } from '../transport.ts'
import { encodeSome, type Parcel, VERSION } from '../wire/parcel.ts'
import { type Ground, PART } from './ground.ts'
import { aboutWhat, isReplaceable, type Letter, newestOf, parcelsOf, unsaid } from './letter.ts'
import { LARGE, Queue } from './queue.ts'
import { faultOf } from './refusal.ts'

/** Whom a lane tells how it goes. */
export interface LaneOwner {
  opened(): void
  lost(error: TransportError): void
}

/**
 * One stream to a peer. What the peer has not read yet fills a window; what comes beyond waits here, but for heartbeats and
 * acknowledgements: newer ones replace older ones, and they go first as soon as anything does, between the pieces of a large
 * message too. When too much waits, the stream is given up. gRPC itself would queue without end.
 */
export class Lane {
  isOpen = false
  readonly queue: Queue = new Queue()
  readonly #ground: Ground
  readonly #peer: string
  readonly #call: ClientDuplexStream<Said, Heard>
  readonly #owner: LaneOwner
  #turn: Letter[] = []
  /** By kind, what goes before all else. */
  readonly #latest = new Map<string, Letter>()
  #window = 0
  #isOver = false

  constructor(ground: Ground, peer: string, call: ClientDuplexStream<Said, Heard>, owner: LaneOwner) {
    this.#ground = ground
    this.#peer = peer
    this.#call = call
    this.#owner = owner
    call.on('data', (heard: Heard) => this.#hear(heard))
    call.on('error', (error: ServiceError) => this.#end(faultOf(error, peer, this.isOpen)))
    call.on('end', () => this.#end(new TransportError('LOST', peer, 'has ended the stream')))
    const { process } = ground
    const { cluster, window } = ground.settings
    call.write({ said: { $case: 'hello', value: { cluster, version: VERSION, process, to: peer, window } } })
  }

  /** What is on its way already is not said again. */
  add(letter: Letter): void {
    const rest = unsaid(letter, this.queue)
    if (rest) this.#turn.push(rest)
  }

  /** Sends what was added, or lets it wait. */
  flush(): void {
    if (this.#turn.length === 0 || this.#isOver) return
    const turn = newestOf(this.#turn)
    this.#turn = []
    if (this.isOpen && this.queue.isEmpty) this.#encode(turn)
    else {
      for (const letter of turn)
        if (isReplaceable(letter.message)) this.#latest.set(letter.message.kind, letter)
      this.#encode(turn.filter(({ message }) => !isReplaceable(message)))
    }
    this.#drain()
  }

  /** Ends it once all is on its way. */
  finish(): void {
    if (this.#isOver) return
    this.flush()
    this.#call.end()
  }

  /** Ends it at once; nobody is told. Not to be called while HTTP/2 is at work. */
  cancel(): void {
    this.#isOver = true
    this.#call.cancel()
  }

  #hear({ heard }: Heard): void {
    if (heard?.$case === 'welcome') {
      this.isOpen = true
      this.#window = Math.min(this.#ground.settings.window, heard.value.window)
      this.#owner.opened()
    } else if (heard) this.queue.heard(heard.value.bytes)
    this.#drain()
  }

  #encode(letters: readonly Letter[]): void {
    for (const parcel of parcelsOf(letters)) this.#pack(parcel)
  }

  /** In parcels of about one part, so that what was said first need not wait for the last. */
  #pack(parcel: Parcel): void {
    const { messages } = parcel
    let done = 0
    try {
      while (done < messages.length) {
        const { bytes, count } = encodeSome(this.#ground.writer, parcel, done, PART)
        if (bytes.length > this.#ground.settings.maxMessage) {
          if (count > 1) this.#packEach(parcel, done, done + count)
          else this.#refuse('TOO_LARGE', 1, `a message of ${bytes.length} bytes for it`)
        } else this.#add(bytes, count, bytes.length > LARGE ? messages.slice(done, done + count) : [])
        done += count
      }
    } catch (error) {
      if (messages.length > 1) this.#packEach(parcel, done, messages.length)
      else this.#refuse('UNENCODABLE', 1, error instanceof Error ? error.message : String(error))
    }
  }

  /** What cannot go together may go alone. */
  #packEach(parcel: Parcel, begin: number, end: number): void {
    for (const message of parcel.messages.slice(begin, end)) this.#pack({ ...parcel, messages: [message] })
  }

  #add(bytes: Buffer, count: number, large: readonly Message[]): void {
    const { backlog } = this.#ground.settings
    const { behind } = this.queue
    if (behind > 0 && behind + bytes.length > backlog) {
      this.#refuse('SLOW', count, `more than ${backlog} bytes wait for it`)
      this.#end(new TransportError('LOST', this.#peer, 'is given up, since it does not read'))
      return
    }
    this.#ground.sent.messages += count
    this.queue.add(
      bytes,
      large.flatMap((message) => aboutWhat(message) ?? []),
    )
  }

  #drain(): void {
    if (!this.isOpen || this.#isOver) return
    for (const { bytes, left } of this.queue.take(this.#window)) {
      this.#sayLatest()
      this.#say(bytes, left, false)
    }
    if (this.queue.isEmpty) this.#sayLatest()
  }

  #sayLatest(): void {
    if (this.#latest.size === 0) return
    const parcels = parcelsOf([...this.#latest.values()])
    this.#latest.clear()
    for (const parcel of parcels) {
      const { bytes, count } = encodeSome(this.#ground.writer, parcel, 0, Number.POSITIVE_INFINITY)
      this.#ground.sent.messages += count
      this.queue.count(bytes)
      this.#say(bytes, 0, this.queue.isWithin)
    }
  }

  #say(bytes: Buffer, left: number, aside: boolean): void {
    this.#ground.sent.frames++
    this.#ground.sent.bytes += bytes.length
    this.#call.write({ said: { $case: 'frame', value: { bytes, left, aside } } })
  }

  #refuse(fault: 'SLOW' | 'TOO_LARGE' | 'UNENCODABLE', messages: number, why: string): void {
    this.#ground.dropped += messages
    this.#ground.fault(new TransportError(fault, this.#peer, why))
  }

  #end(error: TransportError): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#owner.lost(error)
  }
}
