import { CacheError, codeOf } from '@jcache/driver'
import type { CacheClient } from './cache-client.ts'

/** A text and when it ends, in Unix milliseconds: `Infinity` for never, 0 where the client cannot tell. */
export interface WholeText {
  readonly text: string
  readonly endsAt: number
}

/**
 * The text as truth has it, and its end there; null without key.
 *
 * @throws CacheError `WRONG_TYPE` where the key holds another type, `TIMEOUT` or `UNAVAILABLE` where no tier can answer.
 */
export async function wholeText(
  client: CacheClient,
  key: string,
  now: () => number,
): Promise<WholeText | null> {
  const entry = await client.entry?.(key).catch((error) => {
    if (codeOf(error) !== 'UNSUPPORTED') throw error
  })
  if (entry === null) return null
  if (entry?.type === 'string')
    return { text: entry.value, endsAt: entry.expiresAt ?? Number.POSITIVE_INFINITY }
  if (entry)
    throw new CacheError('WRONG_TYPE', `${JSON.stringify(key)} is a ${entry.type}, a string is wanted`)
  // Truth does not move whole keys.
  const askedAt = now()
  const [ttl, text] = await Promise.all([client.ttl?.(key), client.get(key)])
  return text === null ? null : { text, endsAt: askedAt + (ttl ?? -askedAt) }
}
