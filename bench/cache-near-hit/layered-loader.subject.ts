import { Loader } from 'layered-loader'
import type { Setup } from '../suite.ts'
import { keyAt, keys, objectOf } from './objects.ts'

export const setup: Setup = async () => {
  const loader = new Loader<Record<string, unknown>>({
    inMemoryCache: { cacheType: 'lru-object', ttlInMsecs: 3_600_000, maxItems: 100_000 },
    dataSources: [{ name: 'far', get: async (key: string) => objectOf(key), getMany: async () => [] }],
  })
  for (const key of keys) await loader.get(key)
  return { run: (at) => loader.get(keyAt(at)) }
}
