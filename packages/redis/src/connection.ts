import { CacheError, codeOf, show } from '@jcache/driver'
import type { Command } from 'ioredis'
import { Deadlines, type Waiting } from './deadlines.ts'
import { adviceOn, failure } from './errors.ts'
import type { Node } from './node.ts'
import type { Settings } from './options.ts'
import { pause } from './pause.ts'
import type { Primaries } from './primaries.ts'
import type { Route, Way } from './route.ts'

/** Where a call is sent. */
export interface Aim {
  /** The server, whatever the key. */
  readonly at?: Node
  /** The keys that the call may change; the first, unless said. */
  readonly changes?: readonly string[]
  /** The caller sends each key by itself where they are at several servers, while their slot is being moved. */
  readonly apart?: boolean
}

/** A call as it is sent. */
interface Sent {
  readonly name: string
  readonly key: string | undefined
  readonly word: string
  readonly words: string[]
  readonly aim: Aim
}

/** So often a call is sent on at once; then it takes its time, as nodes that point to each other would keep it busy. */
const HOPS = 4

/**
 * The connections that all but the blocking commands share, one to each server. Only calls made before the first attempt
 * to connect has ended wait for it; later ones fail at once while there is no connection: unavailable is not a miss, and
 * nothing is sent late.
 */
export class Connection {
  readonly settings: Settings
  /** Whether keys are spread over servers by their slots. */
  readonly spread: boolean
  /** The servers that calls are sent to. */
  readonly primaries: Primaries
  /** The number of the database. */
  readonly db: number
  /** Whether it is the user's, who may send calls of their own on it. */
  readonly theirs: boolean
  /** Hears which keys a call may change, whenever it is sent. */
  changing: ((keys: readonly string[]) => void) | undefined
  readonly #route: Route
  readonly #deadlines: Deadlines
  #closed = false

  constructor(route: Route, settings: Settings, theirs: boolean) {
    this.settings = settings
    this.spread = route.spread
    this.primaries = route.primaries
    this.db = route.db
    this.#route = route
    this.theirs = theirs
    this.#deadlines = new Deadlines(settings.commandTimeout, (call) => this.#late(call))
  }

  /**
   * Sends one command to the server of the key, any one without a key, or to the one given, and answers what `take` makes
   * of its reply. Rejects with CacheError, at once where that server is not connected.
   */
  send(
    name: string,
    key: string | undefined,
    word: string,
    words: string[],
    take: (reply: unknown) => unknown = asItIs,
    aim: Aim = ANYWHERE,
  ): Promise<unknown> {
    const taken = (reply: unknown) => {
      try {
        return take(reply)
      } catch (error) {
        throw this.failure(error, name, key)
      }
    }
    let command: Command
    const node = this.#closed ? undefined : (aim.at ?? this.#route.nodeOf(key))
    try {
      this.#admit()
      if (!node?.ready && !this.#closed && (this.#route.starting ?? node?.starting))
        return this.#later({ name, key, word, words, aim }).then(taken)
      command = this.#write(this.#ready(node), { key, word, words, aim })
    } catch (error) {
      return Promise.reject(this.failure(error, name, key))
    }
    const call = this.#deadlines.begin(command.reject)
    return command.promise.then(
      (reply) => {
        this.#deadlines.end(call)
        return taken(reply)
      },
      (error: unknown) => {
        const way = this.#follow(error, node, key, aim, call)
        if (way) return this.#send(call, { name, key, word, words, aim }, way).then(taken)
        this.#deadlines.end(call)
        throw this.failure(error, name, key)
      },
    )
  }

  /** All servers that have keys. Rejects with CacheError where one is not known or not connected. */
  async owners(name: string): Promise<readonly Node[]> {
    await this.#known()
    const owners = this.#route.owners()
    const found = owners.flatMap((node) => node ?? [])
    if (found.length === owners.length && found.length > 0) return found
    this.#route.missed()
    throw this.failure(this.unavailable('not all servers are connected'), name, undefined)
  }

  /** The server of the key, connected or not. Throws CacheError where there is none. */
  async nodeOf(key: string): Promise<Node> {
    await this.#known()
    const node = this.#route.nodeOf(key)
    if (node) return node
    this.#route.missed()
    throw this.unavailable(NO_NODE)
  }

  /** As `Route.follow`. */
  follow(error: unknown, from: Node, key: string): Promise<Way> | undefined {
    return this.#closed ? undefined : this.#route.follow(error, from, key)
  }

  /** The error as callers get it, naming command and key. */
  failure(error: unknown, name: string, key: string | undefined): CacheError {
    // What a connection of ours says while it is being closed is that it is closed.
    const ofNetwork = error instanceof Error && error.name !== 'ReplyError' && !codeOf(error)
    const found = ofNetwork && this.#closed && !this.theirs ? this.unavailable('') : error
    return failure(found, key === undefined ? name : `${name} ${show(key)}`, this.#route.secrets)
  }

  /** That there is no connection, and why. */
  unavailable(why: string, node?: Node): CacheError {
    if (this.#closed) return new CacheError('CLOSED', 'the connection was closed')
    const cause = node?.lastError() ?? this.#route.lastError()
    return new CacheError('UNAVAILABLE', cause ? `${why}: ${cause.message}${adviceOn(cause.message)}` : why, {
      cause,
    })
  }

  /**
   * Refuses calls from now on and closes the others that use the connection; then, unless the client is the user's,
   * disconnects when what was sent is answered.
   */
  async close(others: () => Promise<void>): Promise<void> {
    this.#closed = true
    await others()
    if (!this.theirs && this.#route.owners().some((node) => node?.ready)) await this.#deadlines.idle()
    await this.#route.close()
  }

  #write(node: Node, { key, word, words, aim }: Omit<Sent, 'name'>): Command {
    this.changing?.(aim.changes ?? (key === undefined ? [] : [key]))
    return node.write(word, words)
  }

  /** Sends a call once the servers are known and connected. */
  #later(sent: Sent): Promise<unknown> {
    const call = this.#deadlines.begin(() => {}, 'the server was not connected')
    const first = async () => {
      await this.#route.starting
      const node = sent.aim.at ?? this.#route.nodeOf(sent.key)
      await node?.starting
      return { node: this.#ready(node), asking: false }
    }
    return this.#send(call, sent, first())
  }

  /** Sends a call on its way, and further where the server there says so, within the time that is left to it. */
  #send(call: Waiting, { name, key, word, words, aim }: Sent, first: Promise<Way>): Promise<unknown> {
    const run = async () => {
      for (let way = first, hops = 1; ; hops++) {
        const { node, asking } = await way
        await node.starting
        if (hops > HOPS) await pause(hops * 10)
        // Its caller was told that it was not sent.
        if (!this.#deadlines.has(call)) return undefined
        if (asking)
          this.#ready(node)
            .write('ASKING', [])
            .promise.catch(() => {})
        const command = this.#write(this.#ready(node), { key, word, words, aim })
        call.unsent = undefined
        try {
          return await command.promise
        } catch (error) {
          const next = this.#follow(error, node, key, aim, call)
          if (!next) throw error
          way = next
        }
      }
    }
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => {
        this.#deadlines.end(call)
        reject(this.failure(error, name, key))
      }
      call.fail = fail
      run().then((reply) => {
        this.#deadlines.end(call)
        resolve(reply)
      }, fail)
    })
  }

  #follow(
    error: unknown,
    from: Node | undefined,
    key: string | undefined,
    { at, apart }: Aim,
    call: Waiting,
  ): Promise<Way> | undefined {
    if (!from || key === undefined || at || this.#closed) return undefined
    if (apart && isTryAgain(error)) return undefined
    const way = this.#route.follow(error, from, key)
    if (way) call.unsent = `the server refused: ${error instanceof Error ? error.message : error}`
    return way
  }

  /** Waits until the servers are known for the first time, for no longer than a call may take. */
  async #known(): Promise<void> {
    const { starting } = this.#route
    if (starting) await Promise.race([starting, pause(this.settings.commandTimeout)])
  }

  #admit(): void {
    if (this.#deadlines.size >= this.settings.maxPending) throw tooMany(this.settings.maxPending)
  }

  /** Throws CacheError unless the node can be written to. */
  #ready(node: Node | undefined): Node {
    if (this.#closed || !node?.ready) {
      this.#route.missed()
      throw this.unavailable(node ? 'the server is not connected' : NO_NODE, node)
    }
    // Commands that nobody waits for any longer still take memory, until the server has answered them.
    if (node.client.commandQueue.length >= this.settings.maxPending) throw tooMany(this.settings.maxPending)
    return node
  }

  #late(call: Waiting): CacheError {
    const within = `within ${this.settings.commandTimeout} ms`
    this.#route.missed()
    if (call.unsent === undefined) return new CacheError('TIMEOUT', `no answer ${within}`)
    return this.unavailable(`not sent ${within}: ${call.unsent}`)
  }
}

const ANYWHERE: Aim = {}

/** Of calls that change nothing. */
export const READING: Aim = { changes: [] }

const NO_NODE = 'no server of the key is connected'

function isTryAgain(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('TRYAGAIN')
}

function tooMany(maxPending: number): CacheError {
  return new CacheError('UNAVAILABLE', `${maxPending} calls (maxPending) wait for the server already`)
}

function asItIs(reply: unknown): unknown {
  return reply
}
