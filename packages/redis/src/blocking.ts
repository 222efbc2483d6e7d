import { CacheError } from '@jcache/driver'
import type { Connection } from './connection.ts'
import { Lane } from './lane.ts'
import { slots } from './slots.ts'

/** A blocking command as it is sent, without its timeout, which is always the last word. */
export interface BlockingCall {
  readonly name: string
  readonly word: string
  readonly words: readonly string[]
  /** In milliseconds; 0 waits for ever. */
  readonly timeout: number
  readonly signal: AbortSignal | undefined
}

/** Runs blocking commands on connections of their own, so that they hold up nothing else. */
export interface Blocking {
  /** Answers what the command answers, null after its timeout. */
  run(call: BlockingCall): Promise<unknown>
  /** Ends all waits with `CLOSED`, and the connections. */
  close(): Promise<void>
}

/**
 * A few connections, opened when needed and kept. Callers beyond their number queue within their own timeout;
 * what lies ready in their lists they get before they queue and when their time is over.
 */
export function blockingOn(connection: Connection): Blocking {
  const { blockingConnections, maxPending } = connection.settings
  const taken = slots(blockingConnections)
  const idle: Lane[] = []
  const running = new Map<AbortController, Promise<unknown>>()
  let closed = false

  /** Runs the command without a wait: within a transaction it does not block. */
  const look = async ({ name, word, words }: BlockingCall) => {
    const replies = await connection.ask(name, words[0], (client) =>
      client
        .multi()
        .call(word, [...words, '0'])
        .exec(),
    )
    const [[error, found]] = replies as [[error: Error | null, found: unknown]]
    if (error) throw error
    return found
  }

  const lane = async (signal: AbortSignal) => {
    for (let found = idle.pop(); found; found = idle.pop()) if (found.alive) return found
    signal.throwIfAborted()
    const opened = new Lane(connection)
    await opened.open(signal)
    return opened
  }

  const release = async (used: Lane) => {
    if (closed || !used.alive) await used.close()
    else idle.push(used)
  }

  const wait = async (call: BlockingCall, signal: AbortSignal) => {
    const deadline = call.timeout === 0 ? Infinity : performance.now() + call.timeout
    if (taken.full) {
      const found = await look(call)
      if (found !== null) return found
    }
    if (taken.queued >= maxPending)
      throw new CacheError('UNAVAILABLE', `${taken.queued} callers wait already`)
    if (!(await taken.take(deadline - performance.now(), signal))) return look(call)
    try {
      const used = await lane(signal)
      try {
        return await used.wait(call.word, call.words, deadline - performance.now(), signal)
      } finally {
        await release(used)
      }
    } finally {
      taken.give()
    }
  }

  return {
    run: async (call) => {
      const { signal } = call
      const ending = new AbortController()
      const abort = () =>
        ending.abort(new CacheError('ABORTED', 'the signal ended the wait', { cause: signal?.reason }))
      try {
        if (closed) throw new CacheError('CLOSED', 'the connection was closed')
        if (signal?.aborted) abort()
        signal?.addEventListener('abort', abort)
        ending.signal.throwIfAborted()
        const found = wait(call, ending.signal)
        running.set(ending, found)
        return await found
      } catch (error) {
        throw connection.failure(error, call.name, call.words[0])
      } finally {
        running.delete(ending)
        signal?.removeEventListener('abort', abort)
      }
    },
    close: async () => {
      closed = true
      const error = new CacheError('CLOSED', 'the connection was closed')
      for (const ending of running.keys()) ending.abort(error)
      await Promise.allSettled(running.values())
      await Promise.all(idle.splice(0).map((each) => each.close()))
    },
  }
}
