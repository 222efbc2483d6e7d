import { codeOf } from '@jcache/driver'
import { describe, expect, test, vi } from 'vitest'
import { freePort } from '../../../scripts/servers/port.ts'
import { sharedSet } from '../../../scripts/servers/shared.ts'
import { type RedisConnection, redis } from './index.ts'

const [cluster, sentinels] = await Promise.all([sharedSet('cluster'), sharedSet('sentinels')])
const missing = { host: '127.0.0.1', port: await freePort() }

const connections: Readonly<Record<string, RedisConnection | undefined>> = {
  'a cluster': cluster && { nodes: cluster.urls },
  'what sentinels name': sentinels,
  'a cluster of which one node answers': cluster && { nodes: [missing, ...cluster.urls] },
}

/** Connections of this process. */
const open = () => process.getActiveResourcesInfo().filter((each) => each.startsWith('TCP')).length

const codeFrom = (call: unknown) => Promise.resolve(call).then(() => undefined, codeOf)

describe.each(Object.entries(connections))('S2: close of a tier on %s', (_, connection) => {
  const test_ = test.skipIf(!connection)

  test_(
    'ends waits, refuses calls, and leaves nothing',
    async () => {
      const before = open()
      const driver = redis(connection ?? '', { commandTimeout: '5s' })
      const { commands, entries } = driver
      const key = `close:${process.pid}`
      expect(await commands.set(key, 'text')).toBe(true)
      expect(await entries?.dump(key, 100)).toMatchObject({ value: 'text' })
      expect(await commands.blpop([`${key}:none`], 1)).toBe(null)
      await commands.dbsize()
      const end = driver.invalidations?.(() => {})
      const waiting = [1, 2, 3].map((at) => codeFrom(commands.blpop([`${key}:${at}`], 0)))
      await commands.get(key)
      await driver.close?.()
      end?.()
      expect(await Promise.all(waiting)).toEqual(['CLOSED', 'CLOSED', 'CLOSED'])
      expect(await codeFrom(commands.get(key))).toBe('CLOSED')
      expect(await codeFrom(commands.mget(key, `${key}:other`))).toBe('CLOSED')
      expect(await codeFrom(commands.dbsize())).toBe('CLOSED')
      await vi.waitFor(() => expect(open()).toBe(before), 10_000)
    },
    20_000,
  )

  test_(
    'before it is connected',
    async () => {
      const before = open()
      const driver = redis(connection ?? '')
      const first = codeFrom(driver.commands.get('k'))
      await driver.close?.()
      expect(await first).toBe('CLOSED')
      await vi.waitFor(() => expect(open()).toBe(before), 10_000)
    },
    20_000,
  )
})

describe('S2: close of a tier on servers that are not there', () => {
  const { port } = missing
  test.each<[string, RedisConnection]>([
    ['nodes', { nodes: [missing] }],
    ['sentinels', { sentinels: [missing], name: 'primary' }],
    ['one server', `redis://127.0.0.1:${port}`],
  ])(
    '%s',
    async (_, connection) => {
      const before = open()
      const driver = redis(connection, { commandTimeout: '300ms' })
      expect(await codeFrom(driver.commands.get('k'))).toBe('UNAVAILABLE')
      expect(await codeFrom(driver.commands.dbsize())).toBe('UNAVAILABLE')
      expect(await codeFrom(driver.commands.blpop(['list'], 0))).toBe('UNAVAILABLE')
      const start = performance.now()
      await driver.close?.()
      expect(performance.now() - start).toBeLessThan(4_000)
      await vi.waitFor(() => expect(open()).toBe(before), 10_000)
    },
    20_000,
  )
})
