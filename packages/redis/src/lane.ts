import { CacheError } from '@jcache/driver'
import type { Connection } from './connection.ts'
import { LONGEST_TIMER } from './slots.ts'
import { end, watch } from './watch.ts'

/** One connection on which one blocking command waits at a time. It never reconnects: it is replaced. */
export interface Lane {
  /** Whether a command can be sent. */
  readonly alive: boolean
  /**
   * Sends the blocking command, and answers what it answers, null after `ms`.
   * The signal ends the wait: what the server has taken by then is answered, else the signal's reason is thrown.
   */
  wait(word: string, words: readonly string[], ms: number, signal: AbortSignal): Promise<unknown>
  close(): Promise<void>
}

/** How long a server may take to end a wait before its connection is cut, in ms. What it takes then is lost. */
const GRACE = 250

/** Connects within the command timeout. */
export async function openLane(connection: Connection, signal: AbortSignal): Promise<Lane> {
  const { commandTimeout } = connection.settings
  const shared = connection.client
  const client = shared.duplicate({
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
  const lastError = watch(client)
  let late = false
  const cut = () => void end(client)
  const timer = setTimeout(() => {
    late = true
    cut()
  }, commandTimeout)
  signal.addEventListener('abort', cut)
  let id: string | undefined
  try {
    signal.throwIfAborted()
    await client.connect()
    // Where that is not allowed, waits are ended by cutting the connection.
    id = await client.call('CLIENT', ['ID']).then(String, () => undefined)
  } catch (error) {
    cut()
    signal.throwIfAborted()
    throw late
      ? new CacheError('UNAVAILABLE', `no connection within ${commandTimeout} ms`)
      : (lastError() ?? error)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', cut)
  }

  /** Ends the wait at the server. Should that fail, the connection is cut, so that nothing of it meets a later wait. */
  const unblock = async (reply: Promise<unknown>, isOver: () => boolean) => {
    const timeIsUp = pause(GRACE)
    while (!isOver()) {
      if (id === undefined || shared.status !== 'ready') return cut()
      const asked = shared.call('CLIENT', ['UNBLOCK', id])
      const answer = await Promise.race([asked.then(Number, () => undefined), timeIsUp])
      if (answer === undefined) return cut()
      // 0: the command has not come to the server yet, or its answer is on its way.
      await Promise.race([reply, answer === 1 ? timeIsUp : pause(2)])
    }
  }

  return {
    get alive() {
      return client.status === 'ready'
    },
    wait: async (word, words, ms, signal) => {
      const seconds = ms === Infinity ? '0' : String(Math.max(1, Math.ceil(ms)) / 1000)
      let over = false
      const reply = client.call(word, [...words, seconds])
      const ended = reply.then(
        () => {
          over = true
        },
        () => {
          over = true
        },
      )
      let unblocking: Promise<void> | undefined
      const abort = () => {
        unblocking = unblock(ended, () => over)
      }
      let late = false
      const timer =
        ms + commandTimeout <= LONGEST_TIMER
          ? setTimeout(() => {
              late = true
              cut()
            }, ms + commandTimeout).unref()
          : undefined
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
    },
    close: () => end(client),
  }
}

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, undefined).unref()
  })
}
