import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { describe, test } from 'vitest'
import { redis } from './index.ts'

// What follows a `@ts-expect-error` must not compile, and everything else must.
describe('R1: what redis connects to', () => {
  test('URLs, options and clients', () => {
    const urls: readonly string[] = []
    const address = { host: 'h', port: 6379 }
    redis('redis://h')
    redis(urls)
    redis(['redis://a', 'redis://b'])
    redis({ ...address, username: 'u', password: 'p', db: 1, tls: { ca: '' } })
    redis({ path: '/a.sock' })
    redis({ sentinels: [address], name: 'primary', sentinelPassword: 'p', db: 1 })
    redis({ nodes: urls, redisOptions: { password: 'p', tls: {} }, natMap: {} })
    redis({ nodes: [address] })
    redis(new Redis())
    redis(new Cluster([]))
    const options = { host: 'h', connectTimeout: 5 } satisfies RedisOptions
    redis(options, { commandTimeout: '1s', blockingConnections: 2 })
  })

  test('not what is wrong', () => {
    const address = { host: 'h', port: 6379 }
    // @ts-expect-error what is to be connected to
    redis()
    // @ts-expect-error a port
    redis(6379)
    // @ts-expect-error a prefix, for which `prefixed` is there
    redis({ host: 'h', keyPrefix: 'p:' })
    // @ts-expect-error what the tier decides
    redis({ host: 'h', enableOfflineQueue: true })
    // @ts-expect-error an option that ioredis does not know
    redis({ hots: 'h' })
    // @ts-expect-error sentinels without the name of the primary
    redis({ sentinels: [address] })
    // @ts-expect-error sentinels and a server
    redis({ sentinels: [address], name: 'primary', host: 'h' })
    // @ts-expect-error a replica
    redis({ sentinels: [address], name: 'primary', role: 'slave' })
    // @ts-expect-error nodes and a server
    redis({ nodes: ['redis://h'], host: 'h' })
    // @ts-expect-error a database of a cluster
    redis({ nodes: ['redis://h'], redisOptions: { db: 1 } })
    // @ts-expect-error reads from replicas, which may be late
    redis({ nodes: ['redis://h'], scaleReads: 'slave' })
    // @ts-expect-error a node without port
    redis({ nodes: [{ host: 'h' }] })
    // @ts-expect-error an option of the tier that it does not have
    redis('redis://h', { timeout: 5 })
    // @ts-expect-error a duration without unit
    redis('redis://h', { commandTimeout: '5' })
  })
})
