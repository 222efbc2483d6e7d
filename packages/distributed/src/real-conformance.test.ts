import { conformance } from '@jcache/driver/conformance'
import { afterAll, describe, test } from 'vitest'
import { distributed } from './distributed.ts'
import { nodes } from './nodes.fixture.ts'

describe('K6: the leader, over gRPC', () => {
  const { add, leader, close } = nodes(distributed)
  const create = async () => {
    for (let node = 0; node < 3; node++) await add()
    return leader()
  }
  afterAll(close)
  for (const { name, run } of conformance({ create })) test(name, run)
})

describe('K6: a follower, over gRPC', () => {
  const { add, close } = nodes(distributed)
  const create = async () => {
    await add()
    await add()
    return add()
  }
  afterAll(close)
  for (const { name, run } of conformance({ create })) test(name, run)
})
