import type { Entry } from '@jcache/driver'

/** What is wrong with a copy beside what the server holds when nobody writes; undefined where it is right. */
export function wrongCopy(copy: Entry | null, held: Entry | null): string | undefined {
  if (copy === null) return undefined
  const now = Date.now()
  // The clocks of the copy and of the server's answer are read one after the other.
  const late = (by: number | null) => copy.expiresAt === null || (by !== null && copy.expiresAt > by + 50)
  if (held === null) return late(now) ? `a copy of ${content(copy)}, and no key` : undefined
  if (content(copy) !== content(held)) return `a copy of ${content(copy)}, and the key holds ${content(held)}`
  if (held.expiresAt !== null && late(held.expiresAt))
    return `a copy until ${copy.expiresAt}, and the key expires at ${held.expiresAt}`
  return undefined
}

/** The content as text; where there is no order, in one of ours. */
function content({ type, value }: Entry): string {
  const parts = typeof value === 'string' ? [value] : value.map((part) => JSON.stringify(part))
  return `${type} ${(type === 'list' ? parts : [...parts].sort()).join(' ')}`
}
