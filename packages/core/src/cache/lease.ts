import { CacheError, type Duration, milliseconds } from '@jcache/driver'
import { after } from '../after.ts'
import { type CacheClient, remove } from './cache-client.ts'
import { unique } from './unique.ts'

/**
 * One load of a key at a time among all processes. Answers what another process has loaded meanwhile, or the function that
 * ends the turn. `look` finds what was loaded; the signal ends the wait.
 */
export type Lease = <Found extends object>(
  client: CacheClient,
  key: string,
  look: () => Promise<Found | undefined>,
  signal: AbortSignal,
) => Promise<Found | (() => void)>

export interface LeaseOptions {
  /** How long the lease of a process that died holds up the others; one that lives prolongs it. Default `'5s'`. */
  readonly ttl?: Duration
  /** How often the others look whether the value is there. Default `'50ms'`. */
  readonly poll?: Duration
}

/**
 * A lease at truth for each key that is being loaded: a key beside the value, that only one can make, and that ends by itself
 * when its owner no longer prolongs it. It saves loads and nothing hangs on it: that a late value does not count is the
 * stamps' affair. Deleting or setting the value ends the lease, so that the next load begins at once.
 *
 * @throws CacheError `INVALID_ARGUMENT` for a duration that is none.
 */
export function clusterLease({ ttl = 5_000, poll = 50 }: LeaseOptions = {}): Lease {
  const life = Math.max(3, milliseconds(ttl))
  const pause = milliseconds(poll)
  return async (client, key, look, signal) => {
    const mine = unique()
    for (let tries = 0; ; tries++) {
      const won = await client.set(key, mine, { nx: true, ttl: life })
      const found = won && tries === 0 ? undefined : await look()
      if (won) {
        const end = prolonged(client, key, life)
        if (!found) return end
        end()
      }
      if (found) return found
      await new Promise<void>((resolve) => after(pause, resolve))
      if (signal.aborted) throw new CacheError('ABORTED', `${JSON.stringify(key)}: the wait was given up`)
    }
  }
}

/** Keeps the lease until the end of the turn. */
function prolonged(client: CacheClient, key: string, life: number): () => void {
  let sureUntil = performance.now() + life
  const beat = () =>
    after(life / 3, () => {
      const sentAt = performance.now()
      client.getex(key, { ttl: life }).then(
        (kept) => {
          if (kept !== null) sureUntil = sentAt + life
        },
        () => {},
      )
      stop = beat()
    })
  let stop = beat()
  return () => {
    stop()
    // One that may have become another's is left to its end.
    if (performance.now() < sureUntil) remove(client, key).catch(() => {})
  }
}
