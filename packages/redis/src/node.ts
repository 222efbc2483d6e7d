import type { Redis } from 'ioredis'
import type { Settings } from './options.ts'
import { type Primary, primaryAt } from './primaries.ts'
import { watch } from './watch.ts'
import { type Writer, writerOf } from './writer.ts'

/** One server, and the connection on which calls are sent to it. */
export class Node {
  readonly client: Redis
  readonly write: Writer
  /** Why it is not connected, where that is known. */
  readonly lastError: () => Error | undefined
  #starting: Promise<void> | undefined
  #primary: Primary | undefined

  /** Connects where the client has not begun to. To a client that is `theirs` no listener is added for good. */
  constructor(client: Redis, settings: Settings, theirs: boolean) {
    this.client = client
    this.lastError = theirs ? () => undefined : watch(client)
    this.write = writerOf(client, settings.autoPipelining, theirs ? 'user' : 'nobody')
    // While no sentinel answers, the client goes on with its first attempt, and tells an error after each round.
    this.#starting = firstAttempt(client, theirs ? [] : ['error'])
    this.#starting?.then(() => {
      this.#starting = undefined
    })
  }

  /** Resolves when the first attempt to connect has ended, well or not; undefined where that is past. */
  get starting(): Promise<void> | undefined {
    return this.#starting
  }

  get ready(): boolean {
    return this.client.status === 'ready'
  }

  /** The node of a cluster, which is always the same server. */
  get primary(): Primary {
    this.#primary ??= primaryAt(placeOf(this.client), this, placeOf)
    return this.#primary
  }
}

/** Where a node is, by the name that the cluster has for it. */
export function placeOf({ options }: Redis): string {
  return `${options.host}:${options.port}`
}

/** What connects: a Redis or a Cluster of ioredis. */
interface Connecting {
  readonly status: string
  connect(): Promise<unknown>
  on(event: string, listener: () => void): unknown
  off(event: string, listener: () => void): unknown
}

/** Resolves when the first attempt to connect has ended, well or not; undefined where that is past. */
export function firstAttempt(client: Connecting, more: readonly string[] = []): Promise<void> | undefined {
  const { status } = client
  if (status !== 'wait' && status !== 'connecting' && status !== 'connect') return undefined
  if (status === 'wait') client.connect().catch(() => {})
  return new Promise((resolve) => {
    const events = ['ready', 'close', 'end', ...more]
    const done = () => {
      for (const event of events) client.off(event, done)
      resolve()
    }
    for (const event of events) client.on(event, done)
  })
}
