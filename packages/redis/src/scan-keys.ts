import { literalPattern } from '@jcache/driver'
import type { Connection } from './connection.ts'

/** How many keys the server looks at for each batch. */
const BATCH = '100'
/** How many keys are remembered, so as not to be answered again. */
const REMEMBERED = 100_000

/**
 * The keys that start with the prefix, in batches. A server answers keys again while its table grows or shrinks, or
 * when they move to the next; of those, the latest hundred thousand are left out.
 */
export async function* scanKeys(connection: Connection, prefix = ''): AsyncGenerator<string[]> {
  const words = ['COUNT', BATCH, ...(prefix ? ['MATCH', `${literalPattern(prefix)}*`] : [])]
  const seen = new Set<string>()
  for (const node of await connection.owners('scan')) {
    let cursor = '0'
    do {
      const reply = await connection.send('scan', undefined, 'SCAN', [cursor, ...words], undefined, {
        at: node,
      })
      const [next, keys] = reply as [string, string[]]
      cursor = String(next)
      const fresh = [...new Set(keys)].filter((key) => !seen.has(key))
      for (const key of fresh) seen.add(key)
      for (const key of seen) {
        if (seen.size <= REMEMBERED) break
        seen.delete(key)
      }
      yield fresh
    } while (cursor !== '0')
  }
}
