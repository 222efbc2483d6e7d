import type { CacheClient } from './cache-client.ts'
import { unique } from './unique.ts'
import { wholeText } from './whole-text.ts'

/** A key of its own at truth, whose text is another after every invalidation. */
export type Stamp = readonly [key: string, text: string]

/** A stamp as it was taken. */
export interface Taken {
  readonly stamp: Stamp
  /** Unix milliseconds, since when it has had this text: 0 where taking it made it, undefined where that is not known. */
  readonly since: number | undefined
}

const DAY = 86_400_000

/**
 * Stamps: what makes the invalidation of any number of values one write. A value keeps the stamps of its tags as they were
 * before it was loaded, and counts as long as they are the same: so one that is loaded during an invalidation never counts,
 * in whatever process. No clock is compared with another's; a stamp that was lost (expired, evicted) invalidates too.
 * A stamp lives longer than what needs it: its text says for how long it was made, and it is prolonged in time.
 */
export interface Stamps {
  /** The stamp as it is now at truth, made where there is none; it will live for `ms` more. One round trip. */
  take(key: string, ms: number): Promise<Taken>
  /** Makes the stamp another. One round trip. */
  renew(key: string, ms: number): Promise<Stamp>
  /** Whether these are what is known near by; undefined where only truth could tell. */
  stand(stamps?: readonly Stamp[]): boolean | undefined
  /** As `stand`, and asks truth where it must. */
  check(stamps?: readonly Stamp[]): Promise<boolean>
}

export function stampsOf(client: CacheClient, now: () => number): Stamps {
  const renew = async (key: string, ms: number): Promise<Stamp> => {
    const [text, ttl] = made(ms)
    await client.set(key, text, { ttl })
    return [key, text]
  }
  return {
    renew,
    async take(key, ms) {
      const askedAt = now()
      const found = await wholeText(client, key, now)
      const answeredAt = now()
      const life = found ? Number.parseInt(found.text, 36) : 0
      if (found && life >= ms) {
        // Prolonged, it seems younger than it is: then a value may go unstored, but none is stored wrongly.
        if (found.endsAt - answeredAt < ms) client.getex(key, { ttl: life }).catch(() => {})
        const since = found.endsAt && found.endsAt - life + (answeredAt - askedAt)
        return { stamp: [key, found.text], since: since || undefined }
      }
      if (found) return { stamp: await renew(key, ms), since: 0 }
      const [text, ttl] = made(ms)
      const other = await client.set(key, text, { ttl, nx: true, get: true })
      return other === null ? { stamp: [key, text], since: 0 } : { stamp: [key, other], since: now() }
    },
    stand(stamps = []) {
      let known: boolean | undefined = true
      for (const [key, text] of stamps) {
        const found = client.peek?.(key)
        if (found === undefined) known = undefined
        else if (found !== text) return false
      }
      return known
    },
    async check(stamps = []) {
      const equal = await Promise.all(
        stamps.map(async ([key, text]) => (client.peek?.(key) ?? (await client.get(key))) === text),
      )
      return !equal.includes(false)
    },
  }
}

/** The text of a new stamp that is to be of use for so long, and its ttl. */
function made(ms: number): [text: string, ttl: number] {
  const life = Math.max(DAY, 2 * Math.ceil(ms))
  return [`${life.toString(36)}.${unique()}`, life]
}
