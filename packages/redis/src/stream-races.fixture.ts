import { EventEmitter } from 'node:events'
import type { Invalidation } from '@jcache/driver'
import { Command, type Redis } from 'ioredis'
import { invalidationStream } from './invalidation-stream.ts'
import { primaryOf } from './primaries.ts'
import { tracking } from './tracking.ts'

const KEYS = ['a', 'b'] as const

/** A server in memory, which tells its changes as Redis does. */
class Server {
  readonly run: string
  readonly port: number
  readonly texts = new Map<string, string>()
  readonly listening = new Set<Wire>()

  constructor(run: string, port: number) {
    this.run = run
    this.port = port
  }

  set(key: string, text: string): void {
    this.texts.set(key, text)
    this.#tell([Buffer.from(key)])
  }

  flush(): void {
    this.texts.clear()
    this.#tell(null)
  }

  #tell(names: Buffer[] | null): void {
    for (const wire of this.listening) wire.come(() => wire.emit('messageBuffer', 'channel', names))
  }
}

/** What one play is made of. */
interface World {
  /** Where connections that are made now lead to. */
  reached: Server
  readonly wires: Set<Wire>
  readonly refusesInfo: boolean
}

/** A connection, as much of ioredis as is used: what is sent and what comes back is on its way until the play goes on. */
class Wire extends EventEmitter {
  status = 'wait'
  readonly options = {}
  stream = { remoteAddress: '', remotePort: 0, unref: () => {}, destroy: () => {} }
  server: Server | undefined
  readonly #world: World
  readonly #lasting: boolean
  #tracks = false
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
    this.server?.listening.delete(this)
    this.server = undefined
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

  #reply(word: string, [first = '']: readonly string[]): unknown {
    switch (word) {
      case 'GET':
        return this.server?.texts.get(first) ?? null
      case 'INFO': {
        const refused = Object.assign(new Error('NOPERM'), { name: 'ReplyError' })
        return this.#world.refusesInfo ? refused : `run_id:${this.server?.run}\r\n`
      }
      case 'CLIENT':
        this.#tracks ||= first === 'TRACKING'
        return '1'
      case 'SUBSCRIBE':
        if (this.#tracks) this.server?.listening.add(this)
        return 1
      default:
        return 'PONG'
    }
  }
}

/** A part of the stream that is left out, to see that it is missed. */
export type Omission = 'lost is not told' | 'servers are not compared' | 'fences stand'

/** Lets time pass by so many milliseconds, timers too. */
export type Pass = (ms: number) => Promise<void>

/**
 * Plays a reader of copies with the real stream over connections that are cut, delayed, frozen, and led to another server,
 * in an order that the seed decides. Answers the copies that were wrong when nothing was on its way, and how many were right.
 */
export async function play(
  seed: number,
  pass: Pass,
  omission?: Omission,
): Promise<{ wrong: string[]; right: number }> {
  const random = randomOf(seed)
  const below = (bound: number) => Math.floor(random() * bound)
  // Two servers behind one address are told apart by their runs, else by their addresses.
  const byAddress = random() < 0.4
  const servers = [new Server('a1', 1), new Server('b2', byAddress ? 2 : 1)]
  const world: World = {
    reached: servers[0] as Server,
    wires: new Set(),
    refusesInfo: byAddress && random() < 0.5,
  }
  const calls = new Wire(world, true)
  void calls.connect()
  const client = calls as unknown as Redis
  const write = (word: string, words: string[]) => {
    const command = new Command(word, words)
    const told = [...world.wires].findLast((wire) => wire !== calls && wire.server)?.server?.run
    const lies = omission === 'servers are not compared' && word === 'INFO'
    calls.call(word, words).then((reply) => command.resolve(lies ? `run_id:${told}` : reply), command.reject)
    return command
  }
  const stream = invalidationStream(primaryOf({ client, write }), () => tracking([]), {
    heartbeat: 500,
    patience: 1_000,
  })

  const copies = new Map<string, unknown>()
  const fences = new Map<string, object>()
  let live = false
  const hear = (told: Invalidation) => {
    if (told.kind === 'lost' && omission === 'lost is not told') return
    const keys = told.kind === 'keys' ? told.keys : KEYS
    for (const key of keys) {
      copies.delete(key)
      if (omission !== 'fences stand') fences.delete(key)
    }
    if (told.kind === 'live' || told.kind === 'lost') live = told.kind === 'live'
  }
  const fetch = async (key: string) => {
    if (!live || copies.has(key) || calls.status !== 'ready') return
    const fence = {}
    fences.set(key, fence)
    const text = await calls.call('GET', [key])
    if (live && fences.get(key) === fence) copies.set(key, text)
  }
  const unsubscribe = stream.subscribe(hear)

  const step = () => {
    const wires = [...world.wires].filter((wire) => wire.busy)
    wires[below(wires.length)]?.step(random() < 0.5)
  }
  const cut = () => {
    const wires = [...world.wires]
    wires[below(wires.length)]?.cut()
  }
  let unique = 0
  const act = async (dice: number) => {
    const key = KEYS[below(KEYS.length)] ?? 'a'
    if (dice < 0.2) fetch(key).catch(() => {})
    else if (dice < 0.32) servers[below(2)]?.set(key, String(++unique))
    else if (dice < 0.34) servers[below(2)]?.flush()
    else if (dice < 0.36) cut()
    else if (dice < 0.38) world.reached = servers[below(2)] as Server
    else if (dice < 0.41) await pass(below(600))
    else if (dice < 0.45) await drain()
    else step()
  }
  const hops = async (count: number) => {
    for (let hop = 0; hop < count; hop++) await null
  }
  const idle = () => [...world.wires].every((wire) => !wire.busy)
  const drain = async () => {
    for (let steps = 0; steps < 100 && !idle(); steps++) {
      step()
      await hops(15)
    }
  }
  const found = { wrong: [] as string[], right: 0 }
  const compare = () => {
    for (const [key, text] of copies) {
      const held = calls.server?.texts.get(key) ?? null
      if (text === held) found.right++
      else found.wrong.push(`a copy of ${key}: ${text}, and the server holds ${held}`)
    }
  }
  for (let turn = 0; turn < 300; turn++) {
    await act(random())
    await hops(below(20))
    if (live && idle()) {
      // What has come is handled.
      await hops(15)
      compare()
    }
  }
  // A connection that is made now comes to where calls go; else near copies are bypassed for ever, and rightly so.
  if (calls.server) world.reached = calls.server
  for (let rest = 0; rest < 100 && !(live && idle() && rest > 4); rest++) {
    await drain()
    await pass(250)
  }
  if (!live) found.wrong.push('it never became live again')
  compare()
  unsubscribe()
  await stream.close()
  return found
}

/** The same numbers from 0 up to 1 for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_769)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
