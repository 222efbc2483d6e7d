import type { Client } from '@jcache/core'
import type { Key } from './keys.ts'

/** A way to read the version of a key; undefined where there is nothing to judge. */
export interface ReadWay {
  readonly by: string
  read(client: Client, name: string): Promise<number | null> | number | null | undefined
}

/** The ways to read a key of each kind, by every route there is: from a copy, from truth, and at once. */
export const waysToRead: { readonly [Kind in Key['kind']]: readonly [ReadWay, ...ReadWay[]] } = {
  string: [
    { by: 'get', read: async (client, name) => versionOf(await client.get(name)) },
    { by: 'mget', read: async (client, name) => versionOf((await client.mget(name, name))[1]) },
    { by: 'getrange', read: async (client, name) => versionOf((await client.getrange(name, 0, -1)) || null) },
    {
      by: 'peek',
      read: (client, name) => {
        const text = client.peek(name)
        return text === undefined ? undefined : versionOf(text)
      },
    },
  ],
  hash: [
    { by: 'hget', read: async (client, name) => versionOf(await client.hget(name, 'version')) },
    { by: 'hmget', read: async (client, name) => versionOf((await client.hmget(name, 'version'))[0]) },
    { by: 'hgetall', read: async (client, name) => versionOf((await client.hgetall(name))['version']) },
  ],
  list: [
    { by: 'lindex', read: async (client, name) => versionOf(await client.lindex(name, -1)) },
    { by: 'lrange', read: async (client, name) => versionOf((await client.lrange(name, 0, -1)).at(-1)) },
  ],
  set: [
    { by: 'smembers', read: async (client, name) => greatest(await client.smembers(name)) },
    { by: 'sunion', read: async (client, name) => greatest(await client.sunion(name, name)) },
  ],
  zset: [
    { by: 'zscore', read: (client, name) => client.zscore(name, 'version') },
    {
      by: 'zrange',
      read: async (client, name) => (await client.zrange(name, 0, 0, { withScores: true }))[0]?.[1] ?? null,
    },
  ],
}

function versionOf(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text)
}

function greatest(texts: Iterable<string>): number | null {
  const versions = [...texts].map(Number)
  return versions.length > 0 ? Math.max(...versions) : null
}
