import { CacheError, codeOf } from '@jcache/driver'
import type { Command, Redis } from 'ioredis'
import { Deadlines, type Waiting } from './deadlines.ts'
import { failure } from './errors.ts'
import { checkClient, isClient, open, type RedisConnection } from './open.ts'
import type { Settings } from './options.ts'
import { type Primaries, primaryOf } from './primaries.ts'
import { end, secretsOf, watch } from './watch.ts'
import { type Writer, writerOf } from './writer.ts'

/**
 * The connection that all but the blocking commands share. Only calls made before the first attempt to connect has
 * ended wait for it; later ones fail at once while there is no connection: unavailable is not a miss, and nothing is
 * sent late.
 */
export class Connection {
  readonly client: Redis
  readonly settings: Settings
  /** The servers that calls are sent to. */
  readonly primaries: Primaries
  readonly #theirs: boolean
  readonly #secrets: readonly string[]
  readonly #lastError: () => Error | undefined
  readonly #write: Writer
  readonly #deadlines: Deadlines
  #starting: Promise<void> | undefined
  #closed = false

  /**
   * Connects, where it is not a client that does so itself.
   *
   * @throws CacheError `INVALID_ARGUMENT` for a connection that cannot be read.
   */
  constructor(to: RedisConnection, settings: Settings) {
    this.settings = settings
    this.#theirs = isClient(to)
    this.client = isClient(to) ? to : open(to, settings)
    checkClient(this.client)
    this.primaries = primaryOf(this.client)
    this.#secrets = secretsOf(this.client)
    this.#lastError = this.#theirs ? () => undefined : watch(this.client)
    this.#write = writerOf(this.client, settings.autoPipelining)
    this.#deadlines = new Deadlines(settings.commandTimeout, () => this.#late())
    this.#starting = firstAttempt(this.client)
    this.#starting?.then(() => {
      this.#starting = undefined
    })
  }

  /**
   * Sends one command, and answers what `take` makes of its reply.
   * Rejects with CacheError, at once where the server is not connected.
   */
  send(
    name: string,
    key: string | undefined,
    word: string,
    words: string[],
    take: (reply: unknown) => unknown = asItIs,
  ): Promise<unknown> {
    const taken = (reply: unknown) => {
      try {
        return take(reply)
      } catch (error) {
        throw this.failure(error, name, key)
      }
    }
    if (this.#starting) return this.ask(name, key, () => this.#write(word, words).promise).then(taken)
    let command: Command
    try {
      this.#admit()
      this.#checkReady()
      command = this.#write(word, words)
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
        this.#deadlines.end(call)
        throw this.failure(error, name, key)
      },
    )
  }

  /** Runs a call on the client, under the same bounds. */
  async ask(
    name: string,
    key: string | undefined,
    run: (client: Redis) => Promise<unknown>,
  ): Promise<unknown> {
    let call: Waiting | undefined
    const late = new Promise<never>((_, reject) => {
      call = this.#deadlines.begin(reject)
    })
    let over = false
    const begin = () => {
      if (over) return
      this.#checkReady()
      return run(this.client)
    }
    try {
      this.#admit()
      const starting = this.#closed ? undefined : this.#starting
      return await Promise.race([late, starting ? starting.then(begin) : begin()])
    } catch (error) {
      throw this.failure(error, name, key)
    } finally {
      over = true
      if (call) this.#deadlines.end(call)
    }
  }

  /** The error as callers get it, naming command and key. */
  failure(error: unknown, name: string, key: string | undefined): CacheError {
    // What a connection of ours says while it is being closed is that it is closed.
    const ofNetwork = error instanceof Error && error.name !== 'ReplyError' && !codeOf(error)
    const found = ofNetwork && this.#closed && !this.#theirs ? this.#unavailable('') : error
    return failure(found, key === undefined ? name : `${name} ${show(key)}`, this.#secrets)
  }

  /**
   * Refuses calls from now on and closes the others that use the connection; then, unless the client is the user's,
   * disconnects when what was sent is answered.
   */
  async close(others: () => Promise<void>): Promise<void> {
    this.#closed = true
    await others()
    if (this.#theirs) return
    if (this.client.status === 'ready') await this.#deadlines.idle()
    await end(this.client)
  }

  #admit(): void {
    const { maxPending } = this.settings
    // Commands that nobody waits for any longer still take memory, until the server has answered them.
    if (this.#deadlines.size < maxPending && this.client.commandQueue.length < maxPending) return
    throw new CacheError('UNAVAILABLE', `${maxPending} calls (maxPending) wait for the server already`)
  }

  #checkReady(): void {
    if (this.#closed || this.client.status !== 'ready') throw this.#unavailable('the server is not connected')
  }

  #late(): CacheError {
    const within = `within ${this.settings.commandTimeout} ms`
    if (this.#starting) return this.#unavailable(`the server was not connected ${within}`)
    return new CacheError('TIMEOUT', `no answer ${within}`)
  }

  #unavailable(why: string): CacheError {
    if (this.#closed) return new CacheError('CLOSED', 'the connection was closed')
    const cause = this.#lastError()
    return new CacheError('UNAVAILABLE', cause ? `${why}: ${cause.message}` : why, { cause })
  }
}

function asItIs(reply: unknown): unknown {
  return reply
}

/** Resolves when the first attempt to connect has ended, well or not; undefined where that is past. */
function firstAttempt(client: Redis): Promise<void> | undefined {
  const { status } = client
  if (status !== 'wait' && status !== 'connecting' && status !== 'connect') return undefined
  if (status === 'wait') client.connect().catch(() => {})
  return new Promise((resolve) => {
    const events = ['ready', 'close', 'end'] as const
    const done = () => {
      for (const event of events) client.off(event, done)
      resolve()
    }
    for (const event of events) client.on(event, done)
  })
}

/** A key as messages show it: quoted, and short. */
function show(key: string): string {
  return JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key)
}
