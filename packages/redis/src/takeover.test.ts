import { codeOf, isUnavailable } from '@jcache/driver'
import { afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { ask, type RedisCluster, startCluster } from '../../../scripts/servers/cluster.ts'
import type { RedisServer } from '../../../scripts/servers/redis-server.ts'
import { orSkipped } from '../../../scripts/servers/shared.ts'
import { untilTrue } from '../../../scripts/servers/until-true.ts'
import { redis } from './index.ts'
import { keySlot, SLOTS } from './key-slot.ts'
import { listen } from './stream.fixture.ts'

let own: RedisCluster | undefined
beforeAll(async () => {
  own = await orSkipped(startCluster())
  return () => own?.stop()
}, 60_000)

const rejections = vi.fn()
process.on('unhandledRejection', rejections)
afterEach(() => expect(rejections).not.toHaveBeenCalled())

/** Counts on keys of every node until told to stop; tells what was counted and how calls failed. */
function load(commands: ReturnType<typeof redis>['commands']) {
  const keys = Array.from({ length: 12 }, (_, at) => `load:${at}`)
  const codes = new Set<unknown>()
  let counted = 0
  let failed = 0
  let longest = 0
  let on = true
  const done = Promise.all(
    keys.map(async (key) => {
      while (on) {
        const start = performance.now()
        try {
          await commands.incr(key)
          counted++
        } catch (error) {
          failed++
          codes.add(codeOf(error))
          // As an application would, so that the test does not only fail fast.
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
        longest = Math.max(longest, performance.now() - start)
      }
    }),
  )
  return {
    keys,
    stop: async () => {
      on = false
      await done
      return { codes: [...codes], counted, failed, longest }
    },
  }
}

/** Whether the server is the primary of a third of the slots. */
const isPrimary = async (server: RedisServer) =>
  String(await ask(server, 'ROLE')).startsWith('master') &&
  String(await ask(server, 'CLUSTER', 'NODES')).includes('myself,master')

describe('T5, C2: a replica of a cluster takes over', () => {
  test('as it is told to, under load, and then from a primary that was killed', async ({ skip }) => {
    const cluster = own ?? skip('needs redis-server')
    const [primary] = cluster.nodes
    if (!primary) throw new Error('no nodes')
    const urls = [...cluster.urls]
    const replica = await cluster.addReplica(primary)
    const driver = redis(urls, { commandTimeout: '1s' })
    onTestFinished(() => driver.close?.())
    const { commands } = driver
    const told = listen(driver)
    await told.live()
    /** Waits until the node tells what somebody else writes there. */
    const tells = async (node: RedisServer, says: string) => {
      const keys = Array.from({ length: 100 }, (_, at) => `${says}:${at}`)
      const key = keys.find((each) => keySlot(each) < SLOTS / 3) ?? ''
      await untilTrue(async () => {
        await ask(node, 'SET', key, 'text')
        return told.keys().includes(key)
      }, `${says} tells`)
    }
    const sum = async (keys: readonly string[]) =>
      (await commands.mget(...keys)).reduce<number>((all, each) => all + Number(each), 0)

    const first = load(commands)
    const waiting = Promise.resolve(commands.blpop(['{load:0}:list'], 0)).catch((error: unknown) => error)
    await commands.get('load:0')
    await ask(replica, 'CLUSTER', 'FAILOVER')
    await untilTrue(() => isPrimary(replica), 'the replica has taken over')
    await untilTrue(async () => !(await isPrimary(primary)), 'the primary has stepped down')
    const asked = await first.stop()
    for (const code of asked.codes) expect(['UNAVAILABLE', 'TIMEOUT']).toContain(code)
    expect(asked.longest).toBeLessThan(4_000)
    const found = await sum(first.keys)
    expect(found).toBeGreaterThanOrEqual(asked.counted)
    expect(found).toBeLessThanOrEqual(asked.counted + asked.failed)
    await commands.rpush('{load:0}:list', 'a')
    expect(await waiting).toEqual(['{load:0}:list', 'a'])
    await tells(replica, 'the replica')
    expect(told.count('lost')).toBeGreaterThan(0)

    // Now the other way, and not asked for.
    await untilTrue(
      async () => String(await ask(replica, 'INFO', 'replication')).includes('state=online'),
      'the old primary is a replica',
    )
    const second = load(commands)
    await replica.kill()
    await untilTrue(() => isPrimary(primary), 'the old primary has taken over')
    await untilTrue(async () => {
      try {
        return (await commands.mset(second.keys.map((key) => [key, '0']))) === undefined
      } catch (error) {
        if (isUnavailable(error)) return false
        throw error
      }
    }, 'calls on all keys succeed')
    const killed = await second.stop()
    for (const code of killed.codes) expect(['UNAVAILABLE', 'TIMEOUT']).toContain(code)
    expect(killed.longest).toBeLessThan(4_000)
    expect(await commands.set('load:0', 'text')).toBe(true)
    await tells(primary, 'the old primary')
  }, 90_000)
})
