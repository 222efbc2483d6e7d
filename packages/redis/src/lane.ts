import { CacheError } from '@jcache/driver'
import type { Redis } from 'ioredis'
import type { Node } from './node.ts'
import type { Settings } from './options.ts'
import { pause } from './pause.ts'
import { addressOf, type Primary } from './primaries.ts'
import { LONGEST_TIMER } from './slots.ts'
import { end, watch } from './watch.ts'

/** How long a server may take to end a wait before its connection is cut, in ms. What it takes then is lost. */
const GRACE = 250

/** One connection on which one blocking command waits at a time. It never reconnects: it is replaced. */
export class Lane {
  readonly node: Node
  readonly #client: Redis
  readonly #commandTimeout: number
  readonly #lastError: () => Error | undefined
  /** The server's name for the connection; without it, waits are ended by cutting it. */
  #id: string | undefined

  constructor(node: Node, { commandTimeout }: Settings) {
    this.node = node
    this.#commandTimeout = commandTimeout
    this.#client = node.client.duplicate({
      autoResendUnfulfilledCommands: false,
      commandTimeout: undefined,
      disconnectTimeout: 100,
      enableAutoPipelining: false,
      enableOfflineQueue: false,
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      retryStrategy: null,
      socketTimeout: undefined,
    })
    this.#lastError = watch(this.#client)
  }

  /** Whether a command can be sent. */
  get alive(): boolean {
    return this.#client.status === 'ready'
  }

  /** Whether it leads to this server; one that does not connect yet may. */
  readonly isAt = (primary: Primary): boolean => !this.alive || primary.reached(this.#client)

  /** Connects, within the command timeout; throws the signal's reason when that ends it. */
  async open(signal: AbortSignal): Promise<void> {
    const commandTimeout = this.#commandTimeout
    let late = false
    const cut = () => this.cut()
    const timer = setTimeout(() => {
      late = true
      cut()
    }, commandTimeout)
    signal.addEventListener('abort', cut)
    try {
      await this.#client.connect()
      this.#id = await this.#client.call('CLIENT', ['ID']).then(String, () => undefined)
    } catch (error) {
      cut()
      signal.throwIfAborted()
      if (late) throw new CacheError('UNAVAILABLE', `no connection within ${commandTimeout} ms`)
      throw this.#lastError() ?? error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', cut)
    }
  }

  /**
   * Sends the blocking command, and answers what it answers, null after `ms`.
   * The signal ends the wait: what the server has taken by then is answered, else the signal's reason is thrown.
   * `asking`: of a node to which the slot is still being moved.
   */
  async wait(
    word: string,
    words: readonly string[],
    ms: number,
    signal: AbortSignal,
    asking: boolean,
  ): Promise<unknown> {
    if (asking) this.#client.call('ASKING').catch(() => {})
    const seconds = ms === Infinity ? '0' : String(Math.max(1, Math.ceil(ms)) / 1000)
    const reply = this.#client.call(word, [...words, seconds])
    let unblocking: Promise<void> | undefined
    const abort = () => {
      unblocking = this.#unblock(reply)
    }
    const commandTimeout = this.#commandTimeout
    let late = false
    const lateAfter = ms + commandTimeout
    const giveUp = () => {
      late = true
      this.cut()
    }
    const timer = lateAfter <= LONGEST_TIMER ? setTimeout(giveUp, lateAfter).unref() : undefined
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    try {
      const found = await reply
      if (found === null) signal.throwIfAborted()
      return found
    } catch (error) {
      signal.throwIfAborted()
      throw late ? new CacheError('TIMEOUT', `no answer within ${commandTimeout} ms after the wait`) : error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      await unblocking
    }
  }

  close(): Promise<void> {
    return end(this.#client)
  }

  /** Ends the connection, and with an error what waits on it. */
  cut(): void {
    void end(this.#client)
  }

  /** Ends the wait at the server. Should that fail, the connection is cut, so that nothing of it meets a later wait. */
  async #unblock(reply: Promise<unknown>): Promise<void> {
    const shared = this.node.client
    let over = false
    const settled = () => {
      over = true
    }
    const answered = reply.then(settled, settled)
    const timeIsUp = pause(GRACE)
    while (!over) {
      // By the same number another server knows another connection.
      if (this.#id === undefined || !this.node.ready || addressOf(shared) !== addressOf(this.#client))
        return this.cut()
      const asked = this.node.write('CLIENT', ['UNBLOCK', this.#id]).promise.then(Number, () => undefined)
      const ended = await Promise.race([asked, timeIsUp])
      if (ended === undefined) return this.cut()
      // 0: the command has not come to the server yet, or its answer is on its way.
      await Promise.race([answered, ended === 1 ? timeIsUp : pause(2)])
    }
  }
}
