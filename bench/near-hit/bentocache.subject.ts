import { BentoCache, bentostore } from 'bentocache'
import { memoryDriver } from 'bentocache/drivers/memory'
import type { Setup } from '../suite.ts'
import { keyAt, keys } from './keys.ts'

/** The nearest level alone, without serialisation: its fastest configuration. */
export const setup: Setup = async () => {
  const cache = new BentoCache({
    default: 'near',
    stores: { near: bentostore().useL1Layer(memoryDriver({ maxItems: 100_000, serialize: false })) },
  })
  for (const key of keys) await cache.set({ key, value: `value of ${key}`, ttl: '1h' })
  return { run: (at) => cache.get({ key: keyAt(at) }), close: () => cache.disconnect() }
}
