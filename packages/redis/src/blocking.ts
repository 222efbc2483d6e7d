import { CacheError } from '@jcache/driver'
import type { BlockingCall } from './blocking-call.ts'
import type { Connection } from './connection.ts'
import { Lane } from './lane.ts'
import { lookOn } from './look.ts'
import type { Node } from './node.ts'
import type { Way } from './route.ts'
import { slots } from './slots.ts'

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
  const { blockingConnections, commandTimeout, maxPending } = connection.settings
  const taken = slots(blockingConnections)
  const look = lookOn(connection)
  const lanes = new Set<Lane>()
  const idle: Lane[] = []
  const running = new Map<AbortController, Promise<unknown>>()
  let closed = false
  let unwatch: (() => void) | undefined

  /** A server that calls no longer go to is not waited on: it may be frozen, and its data is not the tier's. */
  const leave = () => {
    for (const lane of lanes) if (!connection.primaries.current().some(lane.isAt)) lane.cut()
  }

  const close = async (lane: Lane) => {
    lanes.delete(lane)
    await lane.close()
  }

  const laneTo = async (node: Node, signal: AbortSignal) => {
    const at = idle.findIndex((lane) => lane.node === node && lane.alive)
    const [found] = at < 0 ? [] : idle.splice(at, 1)
    if (found) return found
    signal.throwIfAborted()
    // Connections to other servers, and those that were lost, make room.
    if (lanes.size >= blockingConnections) void idle.splice(0, 1).map(close)
    const opened = new Lane(node, connection.settings)
    lanes.add(opened)
    unwatch ??= connection.primaries.watch(leave)
    try {
      await opened.open(signal)
    } catch (error) {
      await close(opened)
      throw error
    }
    return opened
  }

  const release = async (used: Lane) => {
    if (closed || !used.alive) await close(used)
    else idle.push(used)
  }

  /** Waits where the first key is, and goes on waiting where it is moved to. */
  const waitOn = async (
    { word, words, keys: [key = ''] }: BlockingCall,
    deadline: number,
    signal: AbortSignal,
  ) => {
    let way: Way = { node: await connection.nodeOf(key), asking: false }
    for (let since: number | undefined; ; ) {
      await way.node.starting
      const used = await laneTo(way.node, signal)
      try {
        return await used.wait(word, words, deadline - performance.now(), signal, way.asking)
      } catch (error) {
        const begun = performance.now()
        // Sent back and forth for longer than a call may take, it is given up.
        if (since !== undefined && begun - since > commandTimeout) throw error
        const next = await connection.follow(error, way.node, key)
        if (!next) throw error
        way = next
        since ??= begun
      } finally {
        await release(used)
      }
    }
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
      return await waitOn(call, deadline, signal)
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
      await Promise.all(idle.splice(0).map(close))
      unwatch?.()
    },
  }
}
