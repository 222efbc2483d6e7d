import type { Entry } from '../entry.ts'
import { type Content, typeOf } from './content.ts'
import { show, Unmet } from './equal.ts'

/** The entry that a key with this content, and no expiry, is. */
export function entryOf(content: Content): Entry {
  if (typeof content === 'string') return { type: 'string', value: content, expiresAt: null }
  const type = typeOf(content)
  if (content instanceof Set) return { type: 'set', value: [...content], expiresAt: null }
  if (type === 'list') return { type, value: Object.values(content).map(String), expiresAt: null }
  return type === 'zset'
    ? {
        type,
        value: Object.entries(content).map(([member, score]) => [member, Number(score)]),
        expiresAt: null,
      }
    : {
        type: 'hash',
        value: Object.entries(content).map(([field, text]) => [field, String(text)]),
        expiresAt: null,
      }
}

/** The entry with the fields of a hash, or the members of a set, in order, as they have none. */
export function unordered(entry: Entry | null | 'too-big'): unknown {
  if (!entry || entry === 'too-big') return entry
  if (entry.type === 'set') return { ...entry, value: entry.value.toSorted() }
  return entry.type === 'hash'
    ? { ...entry, value: entry.value.toSorted(([a], [b]) => (a < b ? -1 : 1)) }
    : entry
}

/** The entry, where there has to be one. */
export function whole(entry: Entry | null | 'too-big'): Entry {
  if (entry !== null && entry !== 'too-big') return entry
  throw new Unmet(`dump answered ${show(entry)}, wanted an entry`, 'an entry', entry)
}
