import { CacheError } from '@jcache/driver'
import type { Guarded } from '@jcache/driver/election'
import type { Authority } from './record.ts'

/**
 * The record as nodes may trust it. A coordinator keeps whatever it is given, and others may write at its place.
 *
 * @throws CacheError `UNAVAILABLE` for what no node has written.
 */
export function recorded(found: Guarded<unknown> | null): Guarded<Authority> | null {
  if (found === null) return null
  const { state, revision } = found
  if (isAuthority(state) && isText(revision)) return { state, revision }
  throw new CacheError(
    'UNAVAILABLE',
    `the coordinator wants a record { history, term, leader, inSync }, found ${JSON.stringify(state)?.slice(0, 200)}`,
  )
}

function isAuthority(state: unknown): state is Authority {
  const { history, term, leader, inSync } = Object(state) as { readonly [Part in keyof Authority]?: unknown }
  return (
    isText(history) &&
    Number.isSafeInteger(term) &&
    Number(term) > 0 &&
    isText(leader) &&
    Array.isArray(inSync) &&
    inSync.every(isText)
  )
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
