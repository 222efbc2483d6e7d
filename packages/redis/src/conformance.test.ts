import { conformance } from '@jcache/driver/conformance'
import { describe, inject, test } from 'vitest'
import { redis } from './index.ts'

describe('K6: redis', () => {
  for (const { name, run } of conformance({ create: () => redis(inject('redisUrl')) })) test(name, run)
})
