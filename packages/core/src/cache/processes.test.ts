import { fork } from 'node:child_process'
import { once } from 'node:events'
import { memory } from '@jcache/memory'
import { redis } from '@jcache/redis'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { startRedis } from '../../../../scripts/servers/redis.ts'
import { type Client, createClient } from '../client.ts'
import type { Cache } from './cache.ts'
import type { CacheOptions } from './cache-options.ts'
import { createCache } from './create-cache.ts'
import { clusterLease } from './lease.ts'

const prefix = `cache:${process.pid}:${Date.now()}:`
const clients: Client[] = []
let tests = 0

/** A process of its own, as far as the cache can tell: its own memory, its own connections. */
function processOf(options: CacheOptions): { cache: Cache; client: Client } {
  const client = createClient([memory(), redis(inject('redisUrl'), { commandTimeout: '20s' })], {
    deadline: '20s',
  })
  clients.push(client)
  return { client, cache: createCache(client, { ttl: '1m', ...options }) }
}

/** Waits until it is so; what another does is told by a message. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await condition()); ) {
    if (Date.now() > end) throw new Error('it did not come to be within 20 s')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

// Machines that test are busy.
vi.setConfig({ testTimeout: 60_000 })

beforeAll(() => {
  expect(inject('redisUrl')).toBeTruthy()
})
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()))
})

describe.each([
  ['alone', {}],
  ['with leases', { lease: clusterLease() }],
])('two processes over Redis, %s', (_, options) => {
  test('what one sets, deletes or invalidates the other sees', async () => {
    const own = { ...options, prefix: `${prefix}${tests++}:` }
    const [here, there] = [processOf(own), processOf(own)]
    await here.cache.set('k', { at: 1 }, { tags: ['t'] })
    expect(await there.cache.get('k')).toEqual({ at: 1 })
    await here.cache.set('k', { at: 2 }, { tags: ['t'] })
    await until(async () => (await there.cache.get<{ at: number }>('k'))?.at === 2)
    await there.cache.invalidateTags('t')
    expect(await there.cache.get('k')).toBe(undefined)
    await until(async () => !(await here.cache.has('k')))
    await here.cache.set('k', 3)
    await until(() => there.cache.has('k'))
    await here.cache.clear()
    await until(async () => !(await there.cache.has('k')))
    await there.cache.set('k', 4)
    expect(await here.cache.getOrSet('k', () => 5)).toBe(4)
    expect(await here.cache.delete('k')).toBe(true)
    await until(async () => !(await there.cache.has('k')))
  })

  test('a tag that is invalidated elsewhere during a load', async () => {
    const own = { ...options, prefix: `${prefix}${tests++}:` }
    const [here, there] = [processOf(own), processOf(own)]
    let answer = (_: string) => {}
    let isLoading = false
    const waiting = here.cache.getOrSet(
      'k',
      () =>
        new Promise<string>((resolve) => {
          answer = resolve
          isLoading = true
        }),
      { tags: ['t'] },
    )
    await until(() => isLoading)
    await there.cache.invalidateTags('t')
    answer('old')
    expect(await waiting).toBe('old')
    expect(await there.cache.get('k')).toBe(undefined)
    await until(async () => !(await here.cache.has('k')))
  })
})

test('with leases: a delete elsewhere during a load wins, and one process loads at a time', async () => {
  const own = { lease: clusterLease({ poll: 5 }), prefix: `${prefix}${tests++}:` }
  const all = [processOf(own), processOf(own), processOf(own)]
  let calls = 0
  const load = async () => {
    calls++
    await new Promise((resolve) => setTimeout(resolve, 50))
    return calls
  }
  const found = await Promise.all(all.map(({ cache }) => cache.getOrSet('one', load)))
  expect(found).toEqual([1, 1, 1])
  const [here, there] = all
  let answer = (_: string) => {}
  let isLoading = false
  const waiting = here?.cache.getOrSet(
    'k',
    () =>
      new Promise<string>((resolve) => {
        answer = resolve
        isLoading = true
      }),
  )
  await until(() => isLoading)
  await there?.cache.delete('k')
  answer('old')
  expect(await waiting).toBe('old')
  expect(await there?.cache.get('k')).toBe(undefined)
  await until(async () => !(await here?.cache.has('k')))
})

test('a process that dies while it loads holds up the others no longer than its lease', async () => {
  const own = { lease: clusterLease({ ttl: 300, poll: 5 }), prefix: `${prefix}${tests++}:` }
  const child = fork(new URL('./dying.fixture.ts', import.meta.url), [inject('redisUrl'), own.prefix], {
    execArgv: ['--conditions=@jcache/source', '--no-warnings'],
    silent: true,
  })
  const [said] = await once(child, 'message')
  expect(said).toBe('loading')
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  const { cache } = processOf(own)
  expect(await cache.getOrSet('k', () => 'loaded by one that lives')).toBe('loaded by one that lives')
})

test('T5: Redis frozen, and killed: the loader answers, near hits stay', async () => {
  const server = await startRedis()
  const client = createClient([memory(), redis(server.url, { invalidations: 'none' })], { nearTtl: '1m' })
  const cache = createCache(client, { ttl: '1m' })
  try {
    await cache.set('near', 1)
    await cache.get('near')
    await cache.get('near')
    server.pause()
    const began = performance.now()
    expect(await cache.getOrSet('cold', () => 'loaded', { tags: ['t'] })).toBe('loaded')
    // The deadline is 1 s; the peers hang for more than eight.
    expect(performance.now() - began).toBeLessThan(8_000)
    expect(await cache.get('near')).toBe(1)
    expect(await cache.getOrSet('cold', () => 'loaded again')).toBe('loaded')
    server.resume()
    await server.kill()
    expect(await cache.getOrSet('other', () => 'loaded')).toBe('loaded')
    await server.restart()
    await until(() =>
      cache.set('k', 2).then(
        () => true,
        () => false,
      ),
    )
    expect(await cache.get('k')).toBe(2)
  } finally {
    await client.close()
    await server.stop()
  }
})
