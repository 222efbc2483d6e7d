import { codeOf, isUnavailable } from '@jcache/driver'
import { Cluster } from 'ioredis'
import { afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { ask, type RedisCluster, startCluster } from '../../../scripts/servers/cluster.ts'
import { orSkipped } from '../../../scripts/servers/shared.ts'
import { untilTrue } from '../../../scripts/servers/until-true.ts'
import { connect } from './connect.ts'
import { type RedisDriverOptions, redis } from './index.ts'
import { keySlot } from './key-slot.ts'
import { settingsOf } from './options.ts'

let started: RedisCluster | undefined
beforeAll(async () => {
  started = await orSkipped(startCluster())
  return () => started?.stop()
}, 60_000)

const rejections = vi.fn()
process.on('unhandledRejection', rejections)
afterEach(() => expect(rejections).not.toHaveBeenCalled())

function cluster(skip: (why: string) => never): RedisCluster {
  return started ?? skip('needs redis-server')
}

function tier(urls: readonly string[], options?: RedisDriverOptions) {
  const driver = redis(urls, { commandTimeout: '10s', ...options })
  onTestFinished(() => driver.close?.())
  return driver
}

/** The node that has the slot, and one that has not. */
async function nodesOf({ nodes }: RedisCluster, slot: number) {
  const [first] = nodes
  if (!first) throw new Error('no nodes')
  const ranges = (await ask(first, 'CLUSTER', 'SLOTS')) as [number, number, [string, number]][]
  const port = ranges.find(([from, to]) => from <= slot && slot <= to)?.[2][1]
  const to = nodes.find((node) => node.port !== port)
  const from = nodes.find((node) => node.port === port)
  if (!from || !to) throw new Error(`nobody has slot ${slot}`)
  return { from, to }
}

describe('R1: while a slot is being moved', () => {
  test('keys are read, written, dumped and popped wherever they are', async ({ skip }) => {
    const own = cluster(skip)
    const { commands, entries } = tier(own.urls)
    const keys = Array.from({ length: 20 }, (_, at) => `{moving}:${at}`)
    await commands.mset(keys.map((key) => [key, 'text']))
    const { to } = await nodesOf(own, keySlot('{moving}'))
    await own.moveSlot(keySlot('{moving}'), to, async () => {
      // Half of them have moved; new ones begin at the new node.
      for (const key of keys) expect(await commands.get(key)).toBe('text')
      expect(await commands.set('{moving}:new', 'text')).toBe(true)
      expect(await commands.get('{moving}:new')).toBe('text')
      const dumps = await Promise.all(keys.map((key) => entries?.dump(key, 100)))
      expect(dumps.every((each) => each && each !== 'too-big' && each.value === 'text')).toBe(true)
      await entries?.load('{moving}:loaded', { type: 'list', value: ['a', 'b'], expiresAt: null })
      expect(await commands.blpop(['{moving}:loaded'], 5_000)).toEqual(['{moving}:loaded', 'a'])
      expect(await commands.incrby('{moving}:counter', 2)).toBe(2)
    })
    expect(await commands.mget(...keys)).toEqual(keys.map(() => 'text'))
    expect(await commands.lrange('{moving}:loaded', 0, -1)).toEqual(['b'])
  }, 20_000)

  test('a call on keys of both nodes waits for them to come together, and is not sent twice', async ({
    skip,
  }) => {
    const own = cluster(skip)
    const { commands } = tier(own.urls)
    const keys = Array.from({ length: 20 }, (_, at) => `{both}:${at}`)
    await commands.mset(keys.map((key) => [key, 'text']))
    const { to } = await nodesOf(own, keySlot('{both}'))
    let reading: Promise<unknown> = Promise.resolve()
    await own.moveSlot(keySlot('{both}'), to, async () => {
      let settled = false
      reading = Promise.resolve(commands.mget(...keys)).finally(() => {
        settled = true
      })
      await commands.get(keys[0] ?? '')
      expect(settled).toBe(false)
    })
    expect(await reading).toEqual(keys.map(() => 'text'))
  })

  test('a call whose keys do not come together in time is unavailable, not late', async ({ skip }) => {
    const own = cluster(skip)
    const { commands } = tier(own.urls, { commandTimeout: 300 })
    await untilTrue(
      async () =>
        (await commands.mset([
          ['{late}:a', '1'],
          ['{late}:b', '2'],
        ])) === undefined,
      'set',
    )
    const { to } = await nodesOf(own, keySlot('{late}'))
    await own.moveSlot(keySlot('{late}'), to, async () => {
      const error = await Promise.resolve(commands.mget('{late}:a', '{late}:b')).catch(
        (error: unknown) => error,
      )
      expect(codeOf(error)).toBe('UNAVAILABLE')
      expect(String(error)).toContain('TRYAGAIN')
    })
  })

  test('who waits for a list goes on waiting where it is moved', async ({ skip }) => {
    const own = cluster(skip)
    const { commands } = tier(own.urls)
    const { from, to } = await nodesOf(own, keySlot('{list}'))
    const waiting = commands.blpop(['{list}'], 20_000)
    const blocked = async (node: { url: string }) =>
      String(await ask(node, 'INFO', 'clients')).includes('blocked_clients:1\r\n')
    await untilTrue(() => blocked(from), 'the pop waits at the old node')
    await own.moveSlot(keySlot('{list}'), to)
    await untilTrue(() => blocked(to), 'the pop waits at the new node')
    await commands.rpush('{list}', 'a')
    expect(await waiting).toEqual(['{list}', 'a'])
  }, 30_000)

  test('a node that nobody knew is found', async ({ skip }) => {
    const own = cluster(skip)
    const { commands, entries } = tier(own.urls)
    await commands.set('{stranger}', 'text')
    const node = await own.addNode()
    await own.moveSlot(keySlot('{stranger}'), node, async () => {
      expect(await commands.get('{stranger}')).toBe('text')
      expect(await commands.set('{stranger}:new', 'text')).toBe(true)
    })
    expect(await commands.get('{stranger}:new')).toBe('text')
    expect(await commands.blpop(['{stranger}:none'], 1)).toBe(null)
    expect(await entries?.holds('{stranger}')).toBe(true)
  }, 30_000)
})

describe('C2: the servers that calls go to', () => {
  test('are known before a call is sent, also where a call of yours found them', async ({ skip }) => {
    const own = cluster(skip)
    const yours = new Cluster([...own.urls])
    onTestFinished(() => yours.disconnect())
    const settings = settingsOf({ commandTimeout: '10s' })
    const connection = connect(yours, settings)
    onTestFinished(() => connection.close(async () => {}))
    const { primaries } = connection
    const ports = () => primaries.current().map(({ address }) => Number(address.split(':')[1]))
    await connection.send('get', '{found}', 'GET', ['{found}'])
    const node = await own.addNode()
    await own.moveSlot(keySlot('{found}'), node)
    expect(await yours.get('{found}')).toBe(null)
    const told = vi.fn()
    onTestFinished(primaries.watch(told))
    const before = ports().includes(node.port)
    const sent = connection.send('get', '{found}', 'GET', ['{found}'])
    expect(ports()).toContain(node.port)
    if (!before) expect(told).toHaveBeenCalled()
    expect(await sent).toBe(null)
    expect(ports()).toContain(node.port)
  }, 30_000)

  test('may be known by names', async ({ skip }) => {
    const own = cluster(skip)
    const config = (name: string, value: string) =>
      Promise.all(own.nodes.map((node) => ask(node, 'CONFIG', 'SET', name, value)))
    await config('cluster-announce-hostname', 'localhost')
    await config('cluster-preferred-endpoint-type', 'hostname')
    onTestFinished(async () => void (await config('cluster-preferred-endpoint-type', 'ip')))
    await untilTrue(async () => {
      const views = await Promise.all(own.nodes.map((node) => ask(node, 'CLUSTER', 'SLOTS')))
      return (views as [number, number, [string, number]][][])
        .flat()
        .every(([, , [host]]) => host === 'localhost')
    }, 'every node is known by its name')
    const driver = tier(own.urls)
    const { commands } = driver
    const keys = Array.from({ length: 20 }, (_, at) => `name:${at}`)
    const live = new Promise((resolve) => {
      const end = driver.invalidations?.(({ kind }) => kind === 'live' && resolve('live'))
      onTestFinished(() => end?.())
    })
    await commands.mset(keys.map((key) => [key, key]))
    expect(await commands.mget(...keys)).toEqual(keys)
    expect(await live).toBe('live')
    await commands.rpush('name:list', 'a')
    expect(await commands.blpop(['name:list'], 5_000)).toEqual(['name:list', 'a'])
  }, 30_000)
})

describe('T5: under load', () => {
  test('resharding: no failure but in bounded time, and what was counted was counted once', async ({
    skip,
  }) => {
    const own = cluster(skip)
    const { commands } = tier(own.urls, { commandTimeout: '2s' })
    const counters = Array.from({ length: 16 }, (_, at) => `{load:${at}}`)
    const counted = new Map<string, number>(counters.map((key) => [key, 0]))
    const failed = new Map<string, number>(counters.map((key) => [key, 0]))
    let moving = true
    let longest = 0
    const clients = counters.map(async (key) => {
      while (moving) {
        const start = performance.now()
        try {
          await commands.incr(key)
          counted.set(key, (counted.get(key) ?? 0) + 1)
        } catch (error) {
          if (!isUnavailable(error)) throw error
          failed.set(key, (failed.get(key) ?? 0) + 1)
        }
        longest = Math.max(longest, performance.now() - start)
      }
    })
    for (let round = 0; round < 3; round++)
      for (const key of counters) {
        const { to } = await nodesOf(own, keySlot(key))
        await own.moveSlot(keySlot(key), to)
      }
    moving = false
    await Promise.all(clients)
    for (const key of counters) {
      const value = Number(await commands.get(key))
      expect(value).toBeGreaterThanOrEqual(counted.get(key) ?? 0)
      expect(value).toBeLessThanOrEqual((counted.get(key) ?? 0) + (failed.get(key) ?? 0))
      expect(value).toBeGreaterThan(0)
    }
    // Slots that move are no reason to fail.
    expect([...failed.values()].reduce((sum, each) => sum + each, 0)).toBe(0)
    expect(longest).toBeLessThan(4_000)
  }, 30_000)

  test('a node that is killed fails its own keys alone, and is found again', async ({ skip }) => {
    const own = cluster(skip)
    for (const node of own.nodes) await ask(node, 'CONFIG', 'SET', 'cluster-require-full-coverage', 'no')
    const { commands } = tier(own.urls, { commandTimeout: '1s' })
    const { from, to } = await nodesOf(own, keySlot('{killed}'))
    await commands.set('{killed}', 'text')
    const other = Array.from({ length: 100 }, (_, at) => `other:${at}`)
    const well: string[] = []
    for (const key of other) if ((await nodesOf(own, keySlot(key))).from === to) well.push(key)
    expect(well.length).toBeGreaterThan(0)
    await from.kill()
    await untilTrue(async () => {
      try {
        await commands.get('{killed}')
        return false
      } catch (error) {
        return isUnavailable(error)
      }
    }, 'its keys are unavailable')
    const start = performance.now()
    for (const key of well.slice(0, 5)) expect(await commands.get(key)).toBe(null)
    await Promise.resolve(commands.get('{killed}')).catch(() => {})
    expect(performance.now() - start).toBeLessThan(5_000)
    await from.restart()
    await untilTrue(async () => (await commands.set('{killed}', 'again')) === true, 'it is found again')
    expect(await commands.get('{killed}')).toBe('again')
  }, 60_000)
})
