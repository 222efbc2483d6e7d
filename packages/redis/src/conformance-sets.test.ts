import { conformance } from '@jcache/driver/conformance'
import { Cluster, Redis } from 'ioredis'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { type RedisCluster, startCluster } from '../../../scripts/servers/cluster.ts'
import { orSkipped, sharedSet } from '../../../scripts/servers/shared.ts'
import { redis } from './index.ts'

const [cluster, sentinels] = await Promise.all([sharedSet('cluster'), sharedSet('sentinels')])
/** What is slow under load is not wrong. */
const patient = { commandTimeout: '10s' } as const

describe.skipIf(!cluster)('K6: redis on a cluster', () => {
  const create = () => redis({ nodes: cluster?.urls ?? [] }, patient)
  for (const { name, run } of conformance({ create })) test(name, run)
})

describe.skipIf(!sentinels)('K6: redis on what sentinels name', () => {
  const create = () => redis(sentinels ?? '', patient)
  for (const { name, run } of conformance({ create })) test(name, run)
})

describe.skipIf(!cluster)('K6: redis on a Cluster of yours', () => {
  let yours: Cluster
  afterAll(() => yours.disconnect())
  const create = () => {
    yours = new Cluster([...(cluster?.urls ?? [])])
    return redis(yours, patient)
  }
  for (const { name, run } of conformance({ create, groups: ['list', 'entries'] })) test(name, run)
})

describe.skipIf(!sentinels)('K6: redis on a client of sentinels of yours', () => {
  let yours: Redis
  afterAll(() => yours.disconnect())
  const create = () => {
    yours = new Redis({ name: sentinels?.name ?? '', sentinels: [...(sentinels?.sentinels ?? [])] })
    return redis(yours, patient)
  }
  for (const { name, run } of conformance({ create, groups: ['list'] })) test(name, run)
})

describe.skipIf(!cluster)('K6: all keys of a cluster of its own', () => {
  let own: RedisCluster | undefined
  beforeAll(async () => {
    own = await orSkipped(startCluster())
  }, 30_000)
  afterAll(() => own?.stop())
  const create = () => redis(own?.urls ?? [], patient)
  for (const { name, run } of conformance({ create, groups: ['server'] })) test(name, run)
})
