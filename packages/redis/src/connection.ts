import { CacheError, codeOf } from '@jcache/driver'
import type { Command, Redis } from 'ioredis'
import { deadlinesOf, type Waiting } from './deadlines.ts'
import { failure } from './errors.ts'
import { checkClient, isClient, open, type RedisConnection } from './open.ts'
import type { Settings } from './options.ts'
import { end, secretsOf, watch } from './watch.ts'
import { writerOf } from './writer.ts'

/** The connection that all but the blocking commands share. */
export interface Connection {
  readonly client: Redis
  readonly settings: Settings
  /**
   * Sends one command, and answers what `take` makes of its reply.
   * Rejects with CacheError, at once where the server is not connected.
   */
  send(
    name: string,
    key: string | undefined,
    word: string,
    words: string[],
    take?: (reply: unknown) => unknown,
  ): Promise<unknown>
  /** Runs a call on the client, under the same bounds. */
  ask(name: string, key: string | undefined, run: (client: Redis) => Promise<unknown>): Promise<unknown>
  /** The error as callers get it, naming command and key. */
  failure(error: unknown, name: string, key: string | undefined): CacheError
  /** Refuses calls from now on, closes the others that use it, and, unless the client is the user's, disconnects when all is answered. */
  close(others: () => Promise<void>): Promise<void>
}

/**
 * Connects. Only calls made before the first attempt has ended wait for it; later ones fail at once while there is no
 * connection: unavailable is not a miss, and nothing is sent late.
 *
 * @throws CacheError `INVALID_ARGUMENT` for a connection that cannot be read.
 */
export function connect(to: RedisConnection, settings: Settings): Connection {
  const theirs = isClient(to)
  const client = theirs ? to : open(to, settings)
  checkClient(client)
  const secrets = secretsOf(client)
  const lastError = theirs ? () => undefined : watch(client)
  const write = writerOf(client, settings.autoPipelining)
  let closed = false
  let starting = firstAttempt(client)
  starting?.then(() => {
    starting = undefined
  })

  const unavailable = (why: string) => {
    if (closed) return new CacheError('CLOSED', 'the connection was closed')
    const cause = lastError()
    return new CacheError('UNAVAILABLE', cause ? `${why}: ${cause.message}` : why, { cause })
  }

  const deadlines = deadlinesOf(settings.commandTimeout, () =>
    starting
      ? unavailable(`the server was not connected within ${settings.commandTimeout} ms`)
      : new CacheError('TIMEOUT', `no answer within ${settings.commandTimeout} ms`),
  )

  const admit = () => {
    const { maxPending } = settings
    // Commands that nobody waits for any longer still take memory, until the server has answered them.
    if (deadlines.size < maxPending && client.commandQueue.length < maxPending) return
    throw new CacheError('UNAVAILABLE', `${maxPending} calls (maxPending) wait for the server already`)
  }

  const checkReady = () => {
    if (closed || client.status !== 'ready') throw unavailable('the server is not connected')
  }

  const explain = (error: unknown, name: string, key: string | undefined) => {
    // What a connection of ours says while it is being closed is that it is closed.
    const cut = closed && !theirs && error instanceof Error && error.name !== 'ReplyError' && !codeOf(error)
    return failure(cut ? unavailable('') : error, key === undefined ? name : `${name} ${show(key)}`, secrets)
  }

  const ask: Connection['ask'] = async (name, key, run) => {
    let call: Waiting | undefined
    const late = new Promise<never>((_, reject) => {
      call = deadlines.begin(reject)
    })
    let over = false
    const begin = () => {
      if (over) return
      checkReady()
      return run(client)
    }
    try {
      admit()
      return await Promise.race([late, starting && !closed ? starting.then(begin) : begin()])
    } catch (error) {
      throw explain(error, name, key)
    } finally {
      over = true
      if (call) deadlines.end(call)
    }
  }

  const send: Connection['send'] = (name, key, word, words, take = asItIs) => {
    const taken = (reply: unknown) => {
      try {
        return take(reply)
      } catch (error) {
        throw explain(error, name, key)
      }
    }
    if (starting) return ask(name, key, () => write(word, words).promise).then(taken)
    let command: Command
    try {
      admit()
      checkReady()
      command = write(word, words)
    } catch (error) {
      return Promise.reject(explain(error, name, key))
    }
    const call = deadlines.begin(command.reject)
    return command.promise.then(
      (reply) => {
        deadlines.end(call)
        return taken(reply)
      },
      (error: unknown) => {
        deadlines.end(call)
        throw explain(error, name, key)
      },
    )
  }

  return {
    client,
    settings,
    ask,
    send,
    failure: explain,
    close: async (others) => {
      closed = true
      await others()
      if (theirs) return
      if (client.status === 'ready') await deadlines.idle()
      await end(client)
    },
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
