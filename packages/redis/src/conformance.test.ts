import { conformance } from '@jcache/driver/conformance'
import { afterAll, beforeAll, describe, inject, test } from 'vitest'
import { startRedis } from '../../../scripts/servers/redis.ts'
import type { RedisServer } from '../../../scripts/servers/redis-server.ts'
import { redis } from './index.ts'

describe('K6: redis', () => {
  for (const { name, run } of conformance({ create: () => redis(inject('redisUrl')) })) test(name, run)
})

describe('K6: all keys of a redis of its own', () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())
  const create = () => redis(server.url)
  for (const { name, run } of conformance({ create, groups: ['server'] })) test(name, run)
})
