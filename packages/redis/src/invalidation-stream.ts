import { CacheError, type Invalidation, type Invalidations } from '@jcache/driver'
import type { Primaries, Primary } from './primaries.ts'
import { StreamConnection, type StreamLimits } from './stream-connection.ts'
import type { Tell, Telling } from './telling.ts'
import { sentKeys } from './told-keys.ts'

/** What the servers of a tier tell, to everybody who subscribes. */
export interface InvalidationStream {
  readonly subscribe: Invalidations
  /** Tells that a call which may change the keys is being sent. */
  changing(keys: readonly string[]): void
  /** Tells that it is lost, for good; leaves nothing. */
  close(): Promise<void>
}

/**
 * The stream of all primaries, open while anybody is subscribed. It is live while every primary tells: one that does not,
 * or came just now, may be the one that changes a key. When they change it is lost, and live again at once where the
 * others are enough: keys may have moved between them untold.
 */
export function invalidationStream(
  primaries: Primaries,
  telling: () => Telling,
  limits: StreamLimits,
): InvalidationStream {
  const subscribers = new Set<{ readonly tell: Tell }>()
  const parts = new Map<Primary, StreamConnection>()
  let state: Invalidation | undefined
  let unwatch: (() => void) | undefined
  let ended: Promise<unknown> = Promise.resolve()
  let closed = false

  const tell: Tell = (invalidation) => {
    if (invalidation.kind === 'live' || invalidation.kind === 'lost') state = invalidation
    for (const subscriber of [...subscribers]) subscriber.tell(invalidation)
  }
  const live = () => parts.size > 0 && [...parts.values()].every((part) => part.live)
  const told: Tell = (invalidation) => {
    if (invalidation.kind !== 'live' || live()) tell(invalidation)
  }
  const lost = (code: 'UNAVAILABLE' | 'CLOSED', why: string) =>
    tell({ kind: 'lost', cause: new CacheError(code, `invalidations: ${why}`) })

  const follow = () => {
    const current = new Set(primaries.current())
    const gone = [...parts].filter(([primary]) => !current.has(primary))
    const come = [...current].filter((primary) => !parts.has(primary))
    if (gone.length + come.length === 0) return
    if (state?.kind === 'live') lost('UNAVAILABLE', 'calls go to other servers now')
    for (const [primary, part] of gone) {
      parts.delete(primary)
      leave(part)
    }
    for (const primary of come)
      parts.set(primary, new StreamConnection(primary, primary.calls, telling(), limits, told))
    if (live()) tell({ kind: 'live' })
  }
  const leave = (part: StreamConnection) => {
    ended = Promise.all([ended, part.close()])
  }
  const begin = () => {
    if (unwatch) return
    unwatch = primaries.watch(follow)
    follow()
  }
  const end = () => {
    unwatch?.()
    unwatch = undefined
    for (const part of parts.values()) leave(part)
    parts.clear()
    state = undefined
  }

  return {
    changing: (keys) => {
      if (subscribers.size > 0 && keys.length > 0) tell(sentKeys(keys))
    },
    subscribe: (listener) => {
      const subscriber = {
        tell: (invalidation: Invalidation) => {
          try {
            listener(invalidation)
          } catch {
            // What a subscriber throws is its own affair; the others are told.
          }
        },
      }
      subscribers.add(subscriber)
      if (!closed) begin()
      // Not before the caller has what ends it.
      queueMicrotask(() => {
        if (state && subscribers.has(subscriber)) subscriber.tell(state)
      })
      return () => {
        if (subscribers.delete(subscriber) && subscribers.size === 0 && !closed) end()
      }
    },
    close: async () => {
      if (!closed) {
        closed = true
        end()
        lost('CLOSED', 'the connection was closed')
      }
      await ended
    },
  }
}
