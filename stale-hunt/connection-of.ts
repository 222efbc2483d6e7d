import type { RedisConnection } from '@jcache/redis'

/** What `redis` takes: one URL, or several, joined by commas, of a cluster. */
export function connectionOf(urls: string): RedisConnection {
  const nodes = urls.split(',')
  return nodes.length > 1 ? { nodes } : urls
}
