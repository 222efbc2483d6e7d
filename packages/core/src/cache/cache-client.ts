import type { KeyCommands, StringCommands } from '@jcache/driver'
import type { ClientMethods } from '../client.ts'

/**
 * What the cache asks of a client: texts, whatever its tiers. Without `peek`, as a lean client has it, near hits wait for
 * `get`; without `del` it takes `getdel`; without `entry` and `ttl` only what this cache has at hand counts.
 */
export interface CacheClient
  extends Pick<StringCommands, 'get' | 'set' | 'getdel' | 'getex'>,
    Partial<Pick<ClientMethods<unknown>, 'peek' | 'entry' | 'tiers'>>,
    Partial<Pick<KeyCommands, 'del' | 'ttl'>> {}

/** Removes the key; answers whether it was there. */
export async function remove(client: CacheClient, key: string): Promise<boolean> {
  return client.del ? (await client.del(key)) > 0 : (await client.getdel(key)) !== null
}
