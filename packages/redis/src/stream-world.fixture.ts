import { EventEmitter } from 'node:events'

/** A server in memory, which tells its changes as Redis does. */
export class Server {
  readonly run: string
  readonly port: number
  readonly texts: Map<string, string> = new Map()
  readonly wires: Set<Wire> = new Set()

  constructor(run: string, port: number) {
    this.run = run
    this.port = port
  }

  set(key: string, text: string, by?: Wire): void {
    this.texts.set(key, text)
    this.#tell([Buffer.from(key)], by)
  }

  flush(): void {
    this.texts.clear()
    this.#tell(null)
  }

  /** The wire of this number, which is connected to it. */
  wire(id: string): Wire | undefined {
    return [...this.wires].find((wire) => wire.id === id)
  }

  #tell(names: Buffer[] | null, by?: Wire): void {
    for (const { tracked } of this.wires) {
      if (!tracked || (tracked.noLoop && by?.tracked === tracked)) continue
      const told = this.wire(tracked.to)
      if (told?.subscribed) told.come(() => told.emit('messageBuffer', 'channel', names))
    }
  }
}

/** What one play is made of. */
export interface World {
  /** Where connections that are made now lead to. */
  reached: Server
  readonly wires: Set<Wire>
  /** How many there have been. */
  connections: number
  readonly refusesInfo: boolean
}

/** A connection, as much of ioredis as is used: what is sent and what comes back is on its way until the play goes on. */
export class Wire extends EventEmitter {
  status = 'wait'
  readonly options = {}
  stream: { remoteAddress: string; remotePort: number; unref(): void; destroy(): void } = {
    remoteAddress: '',
    remotePort: 0,
    unref: () => {},
    destroy: () => {},
  }
  server: Server | undefined
  id = ''
  /** Where changes are told for the sake of this connection, and whether those made on it are left out. */
  tracked: { readonly to: string; readonly noLoop: boolean } | undefined
  subscribed = false
  readonly #world: World
  readonly #lasting: boolean
  #sent: (() => void)[] = []
  #coming: (() => void)[] = []
  readonly #pending = new Set<(error: Error) => void>()

  /** `lasting`: it connects again when it is cut. */
  constructor(world: World, lasting: boolean) {
    super()
    this.#world = world
    this.#lasting = lasting
    world.wires.add(this)
  }

  get busy(): boolean {
    return this.#sent.length + this.#coming.length > 0
  }

  connect(): Promise<void> {
    this.status = 'connecting'
    this.#sent.push(() => {
      const server = this.#world.reached
      this.server = server
      this.id = String(++this.#world.connections)
      server.wires.add(this)
      this.come(() => {
        this.stream = { ...this.stream, remoteAddress: 'server', remotePort: server.port }
        this.emit('connect')
        this.status = 'ready'
        this.emit('ready')
      })
    })
    return Promise.resolve()
  }

  call(word: string, words: readonly string[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(error)
      this.#pending.add(fail)
      this.#sent.push(() => {
        const reply = this.#reply(word, words)
        this.come(() => {
          this.#pending.delete(fail)
          if (reply instanceof Error) reject(reply)
          else resolve(reply)
        })
      })
    })
  }

  ping(): Promise<unknown> {
    return this.call('PING', [])
  }

  subscribe(): Promise<unknown> {
    return this.call('SUBSCRIBE', [])
  }

  duplicate(): Wire {
    return new Wire(this.#world, false)
  }

  disconnect(): void {
    this.cut()
  }

  /** Something is on its way from the server. */
  come(arrive: () => void): void {
    this.#coming.push(arrive)
  }

  /** The next that is on its way arrives, there or here; what goes one way keeps its order. */
  step(there: boolean): void {
    const [first, other] = there ? [this.#sent, this.#coming] : [this.#coming, this.#sent]
    const arrive = first.shift() ?? other.shift()
    arrive?.()
  }

  cut(): void {
    if (this.status === 'end') return
    this.server?.wires.delete(this)
    this.server = undefined
    this.tracked = undefined
    this.subscribed = false
    this.#sent = []
    this.#coming = []
    this.status = this.#lasting ? 'reconnecting' : 'end'
    if (!this.#lasting) this.#world.wires.delete(this)
    for (const fail of this.#pending) fail(new Error('Connection is closed.'))
    this.#pending.clear()
    this.emit('close')
    if (this.#lasting) void this.connect()
    else this.emit('end')
  }

  #reply(word: string, words: readonly string[]): unknown {
    const [first = '', second = ''] = words
    switch (word) {
      case 'GET':
        return this.server?.texts.get(first) ?? null
      case 'SET':
        this.server?.set(first, second, this)
        return 'OK'
      case 'INFO': {
        const refused = Object.assign(new Error('NOPERM'), { name: 'ReplyError' })
        return this.#world.refusesInfo ? refused : `run_id:${this.server?.run}\r\n`
      }
      case 'CLIENT':
        return first === 'ID' ? this.id : this.#track(words)
      case 'SUBSCRIBE':
        this.subscribed = true
        return 1
      default:
        return 'PONG'
    }
  }

  #track([, , , to = '', ...more]: readonly string[]): unknown {
    if (to !== '' && !this.server?.wire(to))
      return new Error('ERR The client ID you want redirect to does not exist')
    this.tracked = to === '' ? undefined : { to, noLoop: more.includes('NOLOOP') }
    return 'OK'
  }
}
