import { type Commands, type Driver, string } from '@jcache/driver'
import { conformance } from '@jcache/driver/conformance'
import { keyGroup, memory, memoryOf, stringGroup } from '@jcache/memory'
import { redis } from '@jcache/redis'
import { afterAll, beforeAll, describe, inject, test } from 'vitest'
import { startRedis } from '../../../scripts/servers/redis.ts'
import type { RedisServer } from '../../../scripts/servers/redis-server.ts'
import { sharedSet } from '../../../scripts/servers/shared.ts'
import { createClient, createClientOf } from './client.ts'
import { faulty } from './faulty.fixture.ts'
import { createSetClient, createStringClient } from './narrow.ts'
import { observed } from './observed.ts'
import { type Prefixed, prefixed } from './prefixed.ts'

/** A shared tier whose stream is live. */
function told(): Driver<Commands, 'shared'> {
  const driver = faulty(memory(), { stream: true })
  const { invalidations } = driver
  return {
    ...driver,
    invalidations: (listener) => {
      const end = invalidations?.(listener)
      listener({ kind: 'live' })
      return () => end?.()
    },
  }
}

const clients: Readonly<Record<string, () => object>> = {
  '[memory]': () => createClient([memory()]),
  '[memory, memory]': () => createClient([memory(), memory()]),
  '[memory, shared with a live stream]': () => createClient([memory(), told()]),
  '[memory, shared with a stream that never is]': () =>
    createClient([memory(), faulty(memory(), { stream: true })]),
  '[shared, shared]': () => createClient([faulty(memory()), faulty(memory())]),
  '[memory, shared, shared, memory]': () =>
    createClient([memory(), faulty(memory()), faulty(memory()), memory()]),
  '[memory of strings, shared]': () => createClient([memoryOf(keyGroup, stringGroup)(), faulty(memory())]),
  '[memory, redis]': () => createClient([memory(), redis(inject('redisUrl'))]),
  '[redis, memory]': () => createClient([redis(inject('redisUrl')), memory()]),
  '[memory, shared], with onEvent': () => createClient([memory(), faulty(memory())], { onEvent: () => {} }),
}

describe.each(Object.entries(clients))('K6: the client over %s', (_, create) => {
  for (const { name, run } of conformance({ create })) test(name, run)
})

const [cluster, sentinels] = await Promise.all([sharedSet('cluster'), sharedSet('sentinels')])
/** What is slow under load is not wrong. */
const patient = { commandTimeout: '10s' } as const

describe.skipIf(!cluster)('K6: the client over [memory, redis on a cluster]', () => {
  const create = () => createClient([memory(), redis({ nodes: cluster?.urls ?? [] }, patient)])
  for (const { name, run } of conformance({ create })) test(name, run)
})

describe.skipIf(!sentinels)('K6: the client over [memory, redis by sentinels]', () => {
  const create = () => createClient([memory(), redis(sentinels ?? '', patient)])
  for (const { name, run } of conformance({ create })) test(name, run)
})

/** Those whose tiers hold nobody else's keys. */
const ownClients = Object.entries(clients).filter(([tiers]) => !tiers.includes('redis'))

describe.each(ownClients)('K6: all keys of the client over %s', (_, create) => {
  for (const { name, run } of conformance({ create, groups: ['server'] })) test(name, run)
})

describe('K6: all keys of the client over [memory, redis of its own]', () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())
  const create = () => createClient([memory(), redis(server.url)])
  for (const { name, run } of conformance({ create, groups: ['server'] })) test(name, run)
})

describe('K6: createStringClient', () => {
  const create = () => createStringClient([memory(), faulty(memory())])
  for (const { name, run } of conformance({ create, groups: ['keys', 'string', 'faults'] })) test(name, run)
})

describe('K6: createSetClient', () => {
  const create = () => createSetClient([memory(), faulty(memory())])
  for (const { name, run } of conformance({ create, groups: ['keys', 'set', 'faults'] })) test(name, run)
})

describe('K6: createClientOf over one tier', () => {
  const create = () => createClientOf(string, memory())
  for (const { name, run } of conformance({ create, groups: ['string', 'faults'] })) test(name, run)
})

const decorated: Readonly<Record<string, () => Driver<Prefixed<Commands>>>> = {
  'prefixed memory': () => prefixed(memory(), 'app:'),
  'observed memory': () => observed(memory(), () => {}),
  'prefixed redis': () => prefixed(redis(inject('redisUrl')), 'decorated:'),
}

describe.each(Object.entries(decorated))('K6: %s', (_, create) => {
  for (const { name, run } of conformance({ create })) test(name, run)
})
