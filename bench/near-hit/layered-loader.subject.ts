import { Loader } from 'layered-loader'
import type { Setup } from '../suite.ts'
import { keyAt, keys } from './keys.ts'

export const setup: Setup = async () => {
  const loader = new Loader<string>({
    inMemoryCache: { cacheType: 'lru-object', ttlInMsecs: 3_600_000, maxItems: 100_000 },
    dataSources: [{ name: 'far', get: async (key: string) => `value of ${key}`, getMany: async () => [] }],
  })
  for (const key of keys) await loader.get(key)
  return { run: (at) => loader.get(keyAt(at)) }
}
