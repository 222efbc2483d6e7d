import { codeOf } from '@jcache/driver'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type RedisCluster, startCluster } from '../../../scripts/servers/cluster.ts'
import { type RedisSentinels, startSentinels } from '../../../scripts/servers/sentinel.ts'
import { orSkipped } from '../../../scripts/servers/shared.ts'
import { keySlot } from './key-slot.ts'
import { foreigner, listen, listeningConnections, tier } from './stream.fixture.ts'

const rejections = vi.fn()
process.on('unhandledRejection', rejections)
afterEach(() => expect(rejections).not.toHaveBeenCalled())

describe('R2: the stream of a cluster', () => {
  let cluster: RedisCluster | undefined
  beforeAll(async () => {
    cluster = await orSkipped(startCluster())
  }, 60_000)
  afterAll(() => cluster?.stop())

  /** Three keys, one on each of the first nodes, and somebody who writes there. */
  const onEachNode = (urls: readonly string[]) =>
    urls.slice(0, 3).map((url, at) => {
      const key = Array.from({ length: 100 }, (_, n) => `k${n}`).find(
        (each) => Math.floor((keySlot(each) * 3) / 16_384) === at,
      )
      return { key: key ?? '', foreign: foreigner(url) }
    })

  test('is live when every primary tells, of keys on each and of flushes', async ({ skip }) => {
    if (!cluster) return skip()
    const driver = tier(cluster.urls)
    const told = listen(driver)
    await told.live()
    expect(told.all[0]).toEqual({ kind: 'live' })
    const places = onEachNode(cluster.urls)
    for (const { key, foreign } of places) {
      await foreign.set(key, '1')
      expect(await listeningConnections(foreign)).toHaveLength(1)
    }
    await told.hears(...places.map(({ key }) => key))
    expect(told.count('lost')).toBe(0)
    await places[1]?.foreign.flushall()
    await told.hears('*')
    await driver.close?.()
    for (const { foreign } of places)
      await vi.waitFor(async () => expect(await listeningConnections(foreign)).toEqual([]), 10_000)
  })

  test('is lost when one primary is frozen or its connection is cut', async ({ skip }) => {
    if (!cluster) return skip()
    const told = listen(tier(cluster.urls, { heartbeat: 100, commandTimeout: 500 }))
    await told.live()
    const [place] = onEachNode(cluster.urls)
    const [id = ''] = (place && (await listeningConnections(place.foreign))) ?? []
    await place?.foreign.call('CLIENT', ['KILL', 'ID', id])
    expect(codeOf(await told.lost())).toBe('UNAVAILABLE')
    await told.live(2)
    cluster.nodes[1]?.pause()
    await told.lost(2)
    cluster.nodes[1]?.resume()
    await told.live(3)
    await place?.foreign.set(place.key, '2')
    await told.hears(place?.key ?? '')
  }, 60_000)

  test('a slot that moves: its keys are told, and what is written at its new place', async ({ skip }) => {
    if (!cluster) return skip()
    const driver = tier(cluster.urls)
    const told = listen(driver)
    await told.live()
    const [from, to] = onEachNode(cluster.urls)
    const target = cluster.nodes[1]
    if (!from || !to || !target) throw new Error('there are three nodes')
    await driver.commands.set(from.key, '1')
    await told.hears(from.key)
    told.all.length = 0
    await cluster.moveSlot(keySlot(from.key), target)
    await told.hears(from.key)
    told.all.length = 0
    expect(await driver.commands.get(from.key)).toBe('1')
    await to.foreign.set(from.key, '2')
    await told.hears(from.key)
    expect(await driver.commands.get(from.key)).toBe('2')
  }, 60_000)

  test('a new primary: lost before a call is answered by it, and live when it tells', async ({ skip }) => {
    if (!cluster) return skip()
    const driver = tier(cluster.urls)
    const told = listen(driver)
    await told.live()
    const key = onEachNode(cluster.urls)[2]?.key ?? ''
    await driver.commands.set(key, '1')
    const fresh = await cluster.addNode()
    const foreign = foreigner(fresh.url)
    const state = async () => String(await foreign.call('CLUSTER', ['INFO']))
    await vi.waitFor(async () => expect(await state()).toContain('cluster_state:ok'), 20_000)
    await cluster.moveSlot(keySlot(key), fresh)
    const found = await driver.commands.get(key)
    expect([found, told.count('lost')]).toEqual(['1', 1])
    await told.live(2)
    told.all.length = 0
    await foreign.set(key, '2')
    await told.hears(key)
  }, 60_000)
})

describe('R2: the stream of what sentinels name', () => {
  let set: RedisSentinels | undefined
  beforeAll(async () => {
    set = await orSkipped(startSentinels())
  }, 60_000)
  afterAll(() => set?.stop())

  test('a failover: lost, then live on the new primary', async ({ skip }) => {
    if (!set) return skip()
    const driver = tier({ name: set.name, sentinels: set.sentinels })
    const told = listen(driver)
    await told.live()
    const primary = await set.failover()
    await told.lost()
    await told.live(2)
    const foreign = foreigner(primary.url)
    await foreign.set('k', 'new')
    await told.hears('k')
    expect(await driver.commands.get('k')).toBe('new')
  }, 60_000)

  test('a primary that freezes, and thaws when another took over', async ({ skip }) => {
    if (!set) return skip()
    const before = await set.primary()
    const driver = tier({ name: set.name, sentinels: set.sentinels }, { heartbeat: 100, commandTimeout: 500 })
    const told = listen(driver)
    await told.live()
    before.pause()
    await told.lost()
    const primary = await set.failover(true)
    await vi.waitFor(() => expect(told.all.at(-1)).toMatchObject({ kind: 'live' }), 30_000)
    before.resume()
    const foreign = foreigner(primary.url)
    await foreign.set('m', 'new')
    await told.hears('m')
    expect(await driver.commands.get('m')).toBe('new')
  }, 60_000)
})
