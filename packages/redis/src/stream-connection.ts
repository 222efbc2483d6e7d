import { CacheError, codeOf } from '@jcache/driver'
import type { Redis } from 'ioredis'
import { failure, withoutSecrets } from './errors.ts'
import { Lifeline } from './lifeline.ts'
import { backOff } from './open.ts'
import type { Primary } from './primaries.ts'
import type { Tell, Telling } from './telling.ts'
import { secretsOf } from './watch.ts'

/** What the connections of a stream have in common. */
export interface StreamLimits {
  /** Milliseconds between signs of life; after twice as long without one, the connection counts as lost. */
  readonly heartbeat: number
  /** Milliseconds that the server may take to answer what makes it tell. */
  readonly patience: number
}

/** The longest time, in ms, after which a server that refuses to tell is asked again. */
const REFUSED = 30_000

/**
 * One server's part of the stream, on a connection of its own that is made again for ever. It is live while
 *
 * - the server was made to tell, on this connection, before anything was read that is kept,
 * - calls go to the very same server, which is looked at whenever their connection was made anew, and
 * - the connection shows signs of life, that for calls too where the server tells for its sake.
 *
 * Messages and replies come by two connections, in no order. Yet no reply is older than a message that was handled before
 * its call was sent: the server changed the key before it told of it, and it told before the call was sent; so it carries
 * out the call after the change, and the reply shows it. A reply older than a message that was handled was therefore
 * called for before; then its fence stood, and the message broke it. What is changed by the connection for calls is told
 * when it is sent there, with the same effect: what is sent later is carried out later, what was sent before had its fence.
 * None of this holds for replicas, which may carry out
 * a call before they learn of a change that was told: what is copied is never read from one.
 */
export class StreamConnection {
  readonly #primary: Primary
  readonly #calls: Redis | undefined
  readonly #telling: Telling
  readonly #limits: StreamLimits
  readonly #tell: Tell
  #lifeline: Lifeline | undefined
  #live = false
  #closed = false
  /** What was told last of why it is not live. */
  #said: string | undefined
  /** Unix time in ms at which the server last was known to tell. */
  #alive = 0
  /** How often the connection for calls was lost or made anew. */
  #made = 0
  /** Ends a rest. */
  #wake: () => void = () => {}

  /** `calls`: the connection for calls, where it may come to another server by the same address. */
  constructor(
    primary: Primary,
    calls: Redis | undefined,
    telling: Telling,
    limits: StreamLimits,
    tell: Tell,
  ) {
    this.#primary = primary
    this.#calls = calls
    this.#telling = telling
    this.#limits = limits
    this.#tell = (told) => {
      if (!this.#closed) tell(told)
    }
    calls?.prependListener('ready', this.#anew)
    if (telling.join) calls?.prependListener('close', this.#anew)
    void this.#run()
  }

  get live(): boolean {
    return this.#live && !this.#closed
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#calls?.off('ready', this.#anew)
    this.#calls?.off('close', this.#anew)
    this.#telling.leave?.(this.#primary.ask)
    this.#wake()
    await this.#lifeline?.end()
  }

  /** Comes before the first reply on the new connection, which may be one to another server. */
  readonly #anew = (): void => {
    this.#made++
    const since = this.#telling.join ? this.#alive : Date.now()
    if (this.#live) this.#lose(new CacheError('UNAVAILABLE', 'the connection for calls was made anew'), since)
    this.#wake()
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#closed; failures++) {
      let refused = false
      try {
        await this.#session(() => {
          failures = 0
        })
      } catch (cause) {
        // Told first: to end the connection takes its time.
        this.#lose(cause, this.#alive)
        this.#wake()
        await this.#lifeline?.end()
        refused = codeOf(cause) === 'UNSUPPORTED'
      }
      if (!this.#closed) await this.#rest(backOff(failures, refused ? REFUSED : undefined))
    }
  }

  /** Opens a connection and keeps it; throws why it ended. */
  async #session(lived: () => void): Promise<never> {
    const { heartbeat, patience } = this.#limits
    const lifeline = new Lifeline(this.#primary, this.#telling.protocol)
    const { client } = lifeline
    this.#lifeline = lifeline
    await lifeline.connect(2 * patience)
    const run = await lifeline.within(
      patience,
      runOf((word, words) => client.call(word, words)),
    )
    await lifeline.within(patience, this.#armed(this.#telling.arm(client, this.#tell)))
    for (;;) {
      const sent = Date.now()
      await lifeline.within(2 * heartbeat, this.#beat(client))
      this.#alive = sent
      const made = this.#made
      const joined = this.#live || (await lifeline.within(patience, this.#joined(client, run)))
      if (made !== this.#made) continue
      if (joined && !this.#live) {
        lived()
        this.#live = true
        this.#said = undefined
        this.#tell({ kind: 'live' })
      }
      await lifeline.during(this.#rest(heartbeat))
    }
  }

  /** Waits for what makes the server tell; throws CacheError `UNSUPPORTED` where it refuses. */
  async #armed(arming: Promise<void> | undefined): Promise<void> {
    const { name, advice } = this.#telling
    try {
      await arming
    } catch (error) {
      if (!(error instanceof Error && /^(ERR(?! The client ID)|NOPERM)/.test(error.message))) throw error
      const cause = withoutSecrets(error, this.#lifeline ? secretsOf(this.#lifeline.client) : [])
      throw new CacheError('UNSUPPORTED', `the server refuses ${name} (${cause.message}): ${advice}`, {
        cause,
      })
    }
  }

  async #beat(client: Redis): Promise<void> {
    const { look, join } = this.#telling
    const calls = join && this.#live && this.#primary.ask('PING', [])
    await Promise.all([client.ping(), calls, look?.(client, this.#tell)])
  }

  /** Whether it tells, and calls go there; false where that is not known. */
  async #joined(client: Redis, run: string | undefined): Promise<boolean> {
    const goes = await this.#isWhereCallsGo(client, run)
    if (goes) await this.#armed(this.#telling.join?.(this.#primary.ask))
    return goes
  }

  /** False where that is not known, for want of a connection for calls. */
  async #isWhereCallsGo(client: Redis, run: string | undefined): Promise<boolean> {
    const calls = this.#calls
    if (calls && calls.status !== 'ready') return false
    const own = calls && run && (await runOf(this.#primary.ask))
    const same = own ? own === run : this.#primary.reached(client)
    if (!same) throw new CacheError('UNAVAILABLE', 'calls go to another server than the one that tells')
    return true
  }

  #lose(cause: unknown, since: number): void {
    const error = failure(cause, 'invalidations', this.#lifeline ? secretsOf(this.#lifeline.client) : [])
    if (!this.#live && this.#said === error.message) return
    this.#live = false
    this.#said = error.message
    this.#tell({ kind: 'lost', cause: error, since: since || Date.now() })
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms).unref()
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

/** The server's name for its run, undefined where it may not be asked. */
async function runOf(ask: Primary['ask']): Promise<string | undefined> {
  try {
    return /^run_id:(\w+)/m.exec(String(await ask('INFO', ['server'])))?.[1]
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError') return undefined
    throw error
  }
}
