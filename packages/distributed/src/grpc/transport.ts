import { Server } from '@grpc/grpc-js'
import { CacheError } from '@jcache/driver'
import type { Member } from '@jcache/driver/election'
import type { Message } from '../message.ts'
import { processOf } from '../record.ts'
import type { OpenTransport, Receiver, Transport, TransportStatus } from '../transport.ts'
import { addressText, parsedAddress } from './address.ts'
import { serverOptions } from './channel-options.ts'
import { clientCredentials, metadataOf, serverCredentials } from './credentials.ts'
import { Doors } from './doors.ts'
import { widenStreams } from './flow.ts'
import { Ground } from './ground.ts'
import { type Keys, Link } from './link.ts'
import { checked, type GrpcOptions, type Settings } from './options.ts'
import { outOfHttp2 } from './out-of-http2.ts'
import { serviceOf } from './service.ts'
import { shutDown } from './shut-down.ts'

/** How long a process that is no member is remembered after something was sent to it. */
const FORGET = 30_000

/**
 * Messages over gRPC: what this node says to another goes on streams that it began.
 *
 * @throws CacheError `INVALID_ARGUMENT` for options that are none, or that would listen to strangers. What it answers
 * rejects with `UNAVAILABLE` where it cannot listen.
 */
export function grpcTransport(options: GrpcOptions): OpenTransport {
  const settings = checked(options)
  return async (self, receiver) => {
    const transport = new GrpcTransport(settings, self, receiver)
    await transport.listen()
    return transport
  }
}

class GrpcTransport implements Transport {
  address = ''
  readonly #ground: Ground
  readonly #keys: Keys
  readonly #server: Server
  readonly #links = new Map<string, Link>()
  readonly #doors: Doors
  readonly #narrow: () => void
  #turn: NodeJS.Immediate | undefined
  #closing: Promise<void> | undefined

  constructor(settings: Settings, self: () => string, receiver: Receiver) {
    this.#ground = new Ground(settings, processOf(self()), self, receiver)
    this.#doors = new Doors(this.#ground)
    this.#keys = { credentials: clientCredentials(settings), metadata: metadataOf(settings) }
    this.#narrow = widenStreams()
    this.#server = new Server(serverOptions(settings))
    const { methods, handlers } = serviceOf(
      (call) => this.#doors.take(call, 'session'),
      (call) => this.#doors.take(call, 'snapshot'),
    )
    this.#server.addService(methods, handlers)
  }

  async listen(): Promise<void> {
    const { settings } = this.#ground
    const asked = addressText(settings.host, settings.port)
    const port = await new Promise<number>((resolve, reject) => {
      this.#server.bindAsync(asked, serverCredentials(settings), (error, bound) => {
        if (error) {
          this.#server.forceShutdown()
          this.#narrow()
          reject(
            new CacheError('UNAVAILABLE', `cannot listen on ${asked}: ${error.message}`, { cause: error }),
          )
        } else resolve(bound)
      })
    })
    const { advertise = settings.host } = settings
    this.address = parsedAddress(advertise) ? advertise : addressText(advertise, port)
  }

  reach(members: readonly Member[]): void {
    if (this.#closing) return
    // A process may be listed with two of its lives, for as long as it takes to announce the next.
    const byProcess = new Map<string, Member[]>()
    for (const member of members) {
      const process = processOf(member.id)
      if (process === this.#ground.process) continue
      byProcess.set(process, [...(byProcess.get(process) ?? []), member])
    }
    for (const [process, lives] of byProcess) {
      const address = lives.at(-1)?.address ?? ''
      let link = this.#links.get(process)
      if (link?.address !== address) {
        void link?.close()
        link = new Link(this.#ground, this.#keys, process, address)
        this.#links.set(process, link)
      }
      link.knownAs(lives.map(({ id }) => id))
    }
    for (const [process, link] of this.#links) {
      // The list may lack one that is well: it stays as long as the machine speaks to it.
      if (byProcess.has(process) || performance.now() - link.usedAt < FORGET) continue
      this.#links.delete(process)
      void link.close()
    }
  }

  send(to: string, message: Message): void {
    const link = this.#links.get(processOf(to))
    if (!link || this.#closing) {
      this.#ground.dropped++
      return
    }
    link.send({ from: this.#ground.self(), to, message })
    this.#turn ??= setImmediate(() => this.flush())
  }

  flush(): void {
    clearImmediate(this.#turn)
    this.#turn = undefined
    for (const link of this.#links.values()) link.flush()
  }

  status(): TransportStatus {
    const { sent, received, dropped, faults } = this.#ground
    const peers = [...this.#links.values()].map((link) => link.status())
    return { peers, inbound: this.#doors.size, sent: { ...sent }, received: { ...received }, dropped, faults }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    clearImmediate(this.#turn)
    await Promise.all([...this.#links.values()].map((link) => link.close()))
    this.#links.clear()
    this.#doors.close()
    await outOfHttp2()
    await shutDown(this.#server)
    this.#narrow()
  }
}
