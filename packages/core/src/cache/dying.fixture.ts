import { memory } from '@jcache/memory'
import { redis } from '@jcache/redis'
import { createClient } from '../client.ts'
import { createCache } from './create-cache.ts'
import { clusterLease } from './lease.ts'

/** A process that begins to load a key and comes to no end: `node dying.fixture.ts <url> <prefix>`. */
const [url = '', prefix = ''] = process.argv.slice(2)
const cache = createCache(createClient([memory(), redis(url)]), { prefix, lease: clusterLease({ ttl: 300 }) })
await cache.getOrSet('k', () => {
  process.send?.('loading')
  return new Promise<string>(() => {})
})
