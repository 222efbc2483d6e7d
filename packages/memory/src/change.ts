import type { Keyspace } from './keyspace.ts'

/** Gives the key the text that is made of the one it holds. The key keeps its expiry. */
export function change(space: Keyspace, key: string, make: (text: string | undefined) => string): string {
  const text = make(space.text(key))
  space.put(key, text, space.expiresAt(key))
  return text
}
