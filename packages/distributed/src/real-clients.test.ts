import { createClient } from '@jcache/core'
import { conformance } from '@jcache/driver/conformance'
import { memory } from '@jcache/memory'
import { redis } from '@jcache/redis'
import { afterAll, describe, inject, test } from 'vitest'
import { distributed } from './distributed.ts'
import { nodes } from './nodes.fixture.ts'

/** What is slow under load is not wrong. */
const patient = { deadline: '10s' } as const

describe('K6: the client over [memory, distributed]', () => {
  const { add, close } = nodes(distributed)
  const create = async () => {
    await add()
    return createClient([memory(), await add()], patient)
  }
  afterAll(close)
  for (const { name, run } of conformance({ create })) test(name, run)
})

describe('K6: the client over [distributed, redis]', () => {
  const { add, close } = nodes(distributed)
  const create = async () => {
    await add()
    return createClient([await add(), redis(inject('redisUrl'), { commandTimeout: '10s' })], patient)
  }
  afterAll(close)
  for (const { name, run } of conformance({ create })) test(name, run)
})
