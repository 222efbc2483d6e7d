import { BentoCache, bentostore } from 'bentocache'
import { memoryDriver } from 'bentocache/drivers/memory'
import type { Setup } from '../suite.ts'
import { keyAt, keys, never, objectOf } from './objects.ts'

/** The nearest level alone, without serialisation: its fastest configuration. */
export const setup: Setup = async () => {
  const cache = new BentoCache({
    default: 'near',
    stores: { near: bentostore().useL1Layer(memoryDriver({ maxItems: 100_000, serialize: false })) },
  })
  for (const key of keys) await cache.set({ key, value: objectOf(key), ttl: '1h' })
  return {
    run: (at) => cache.getOrSet({ key: keyAt(at), factory: never, ttl: '1h' }),
    close: () => cache.disconnect(),
  }
}
