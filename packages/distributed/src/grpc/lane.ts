import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js'
import type { Heard, Said } from '../gen/jcache/v1/peers.ts'
import type { Message } from '../message.ts'
import { TransportError } from '../transport.ts'
import { encodeSome, type Parcel, VERSION } from '../wire/parcel.ts'
import { type Ground, PART, TOLD } from './ground.ts'
import { faultOf } from './refusal.ts'

/** A message with its members, which may come to be others later. */
export interface Letter {
  readonly from: string
  readonly to: string
  readonly message: Message
}

interface Part {
  readonly bytes: Buffer
  readonly left: number
}

/** Whom a lane tells how it goes. */
export interface LaneOwner {
  opened(): void
  lost(error: TransportError): void
}

/**
 * One stream to a peer. What the peer has not read yet fills a window; what comes beyond waits here, where newer heartbeats
 * and acknowledgements replace older ones; when too much waits, the stream is given up. gRPC itself would queue without end.
 */
export class Lane {
  isOpen = false
  inFlight = 0
  waitingBytes = 0
  readonly #ground: Ground
  readonly #peer: string
  readonly #call: ClientDuplexStream<Said, Heard>
  readonly #owner: LaneOwner
  #turn: Letter[] = []
  /** By kind, what is sent when nothing else waits any more. */
  readonly #latest = new Map<string, Letter>()
  #waiting: Part[] = []
  #sent = 0
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

  add(letter: Letter): void {
    this.#turn.push(letter)
  }

  /** Sends what was added, or lets it wait. */
  flush(): void {
    if (this.#turn.length === 0 || this.#isOver) return
    const turn = newestOf(this.#turn)
    this.#turn = []
    if (this.isOpen && this.#waiting.length === 0) this.#encode(turn)
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
    } else if (heard) this.inFlight = this.#sent - Math.min(heard.value.bytes, this.#sent)
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
        } else this.#queue(bytes, count)
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

  #queue(bytes: Buffer, messages: number): void {
    const { backlog } = this.#ground.settings
    if (this.waitingBytes > 0 && this.waitingBytes + bytes.length > backlog) {
      this.#refuse('SLOW', messages, `more than ${backlog} bytes wait for it`)
      this.#end(new TransportError('LOST', this.#peer, 'is given up, since it does not read'))
      return
    }
    this.waitingBytes += bytes.length
    this.#ground.sent.messages += messages
    for (let at = 0; at < bytes.length; at += PART) {
      const part = bytes.subarray(at, at + PART)
      this.#waiting.push({ bytes: part, left: bytes.length - at - part.length })
    }
  }

  #drain(): void {
    if (!this.isOpen || this.#isOver) return
    let taken = 0
    for (const { bytes, left } of this.#waiting) {
      // Of less than that it may have read all, and be silent.
      if (this.inFlight >= this.#window * TOLD && this.inFlight + bytes.length > this.#window) break
      taken++
      this.inFlight += bytes.length
      this.#sent += bytes.length
      this.waitingBytes -= bytes.length
      this.#ground.sent.frames++
      this.#ground.sent.bytes += bytes.length
      this.#call.write({ said: { $case: 'frame', value: { bytes, left } } })
    }
    this.#waiting = this.#waiting.slice(taken)
    if (this.#waiting.length > 0 || this.#latest.size === 0) return
    const latest = [...this.#latest.values()]
    this.#latest.clear()
    this.#encode(latest)
    this.#drain()
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

/** Whether a newer one of its kind says all that it says. */
function isReplaceable(message: Message): boolean {
  return message.kind === 'ack' || (message.kind === 'append' && message.entries.length === 0)
}

/** Without those that a newer one replaces. */
function newestOf(letters: readonly Letter[]): readonly Letter[] {
  if (letters.length < 2) return letters
  const seen = new Set<string>()
  const isNewest = ({ from, to, message }: Letter): boolean => {
    if (!isReplaceable(message)) return true
    const name = JSON.stringify([message.kind, from, to])
    if (seen.has(name)) return false
    seen.add(name)
    return true
  }
  return letters.toReversed().filter(isNewest).reverse()
}

/** What goes from one member to one other, together. */
function parcelsOf(letters: readonly Letter[]): Parcel[] {
  const parcels: { from: string; to: string; messages: Message[] }[] = []
  for (const { from, to, message } of letters) {
    const last = parcels.at(-1)
    if (last?.from === from && last.to === to) last.messages.push(message)
    else parcels.push({ from, to, messages: [message] })
  }
  return parcels
}
