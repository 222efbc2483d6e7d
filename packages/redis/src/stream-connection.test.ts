import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { codeOf } from '@jcache/driver'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { orSkipped } from '../../../scripts/servers/shared.ts'
import { redis } from './index.ts'
import { balancer, listen, listeningConnections, ownServer, tier } from './stream.fixture.ts'

const rejections = vi.fn()
process.on('unhandledRejection', rejections)
afterEach(() => expect(rejections).not.toHaveBeenCalled())

describe('C2: live, lost, live again', () => {
  test('the connection is killed: lost with its cause, then live and told again', async () => {
    const { server, foreign } = await ownServer()
    const told = listen(tier(server.url))
    await told.live()
    const before = Date.now()
    const [id = ''] = await listeningConnections(foreign)
    await foreign.call('CLIENT', ['KILL', 'ID', id])
    const cause = await told.lost()
    expect(codeOf(cause)).toBe('UNAVAILABLE')
    expect(String(cause)).toContain('the connection was lost')
    const lost = told.all.find(({ kind }) => kind === 'lost')
    // Since the last sign of life, not since it was noticed.
    expect(lost).toMatchObject({ since: expect.any(Number) })
    expect(before - Number((lost as { since: number }).since)).toBeLessThan(5_000)
    await told.live(2)
    await foreign.set('k', '1')
    await told.hears('k')
    expect(told.count('lost')).toBe(1)
  })

  test('a frozen server, which closes nothing, is lost for want of a sign of life', async () => {
    const { server } = await ownServer()
    const driver = tier(server.url, { heartbeat: 100, commandTimeout: 500 })
    const told = listen(driver)
    await told.live()
    server.pause()
    expect(codeOf(await told.lost())).toBe('TIMEOUT')
    server.resume()
    await told.live(2)
  })

  test('a server that is frozen while the connection is made', async () => {
    const { server, foreign } = await ownServer()
    const driver = tier(server.url, { heartbeat: 100, commandTimeout: 200 })
    await driver.commands.get('k')
    server.pause()
    const told = listen(driver)
    await told.lost()
    server.resume()
    await told.live()
    await foreign.set('k', '1')
    await told.hears('k')
  })

  test('a server that is killed and comes back', async () => {
    const { server, foreign } = await ownServer()
    const told = listen(tier(server.url))
    await told.live()
    await server.kill()
    await told.lost()
    await server.restart()
    await told.live(2)
    await foreign.set('k', '1')
    await told.hears('k')
  })

  test('a server that is away from the beginning', async () => {
    const { server } = await ownServer()
    await server.kill()
    const told = listen(tier(server.url))
    await server.restart()
    await told.live()
  })

  test('the connection for calls is made anew: what was kept may be from another server', async () => {
    const { server, foreign } = await ownServer()
    const client = new Redis(server.url)
    onTestFinished(() => client.disconnect())
    const told = listen(tier(client))
    await told.live()
    client.disconnect(true)
    expect(String(await told.lost())).toContain('made anew')
    await told.live(2)
    expect(await listeningConnections(foreign)).toHaveLength(1)
  })

  test('a server that is reached by the path of a socket, with a user', async ({ skip }) => {
    const folder = mkdtempSync(join(tmpdir(), 'jcache-stream-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'redis.sock')
    const own = await orSkipped(ownServer({ args: ['--unixsocket', path] }))
    if (!own) return skip()
    await own.foreign.call('ACL', ['SETUSER', 'app', 'on', '>secret', '~*', '&*', '+@all'])
    const told = listen(tier({ path, username: 'app', password: 'secret', db: 2 }))
    await told.live()
    await own.foreign.set('k', '1')
    await told.hears('k')
  })

  test('calls that go to another server than the one that tells: not live', async () => {
    // One address leads to either server.
    const { server: one } = await ownServer()
    const { server: other, foreign } = await ownServer()
    const between = await balancer(one.port)
    const driver = tier(`redis://127.0.0.1:${between.port}`)
    const told = listen(driver)
    await told.live()
    between.to = other.port
    between.cut(0)
    const said = () => told.all.map((each) => (each.kind === 'lost' ? String(each.cause) : ''))
    await vi.waitFor(() => expect(said().some((each) => each.includes('another server'))).toBe(true), 10_000)
    expect(said().find(Boolean)).toContain('made anew')
    await told.live(2)
    await foreign.set('k', '1')
    await told.hears('k')
  })
})

describe('subscribers', () => {
  test('share a connection, which is there while somebody listens', async () => {
    const { server, foreign } = await ownServer()
    const driver = tier(server.url)
    await driver.commands.get('k')
    expect(await listeningConnections(foreign)).toEqual([])
    const first = listen(driver)
    await first.live()
    const second = listen(driver)
    await second.live()
    expect(await listeningConnections(foreign)).toHaveLength(1)
    await foreign.set('k', '1')
    await Promise.all([first.hears('k'), second.hears('k')])
    first.unsubscribe()
    first.unsubscribe()
    await foreign.set('m', '1')
    await second.hears('m')
    expect(first.keys()).not.toContain('m')
    second.unsubscribe()
    await vi.waitFor(async () => expect(await listeningConnections(foreign)).toEqual([]), 10_000)
    const third = listen(driver)
    await third.live()
    await foreign.set('n', '1')
    await third.hears('n')
  })

  test('one that throws does not keep the others from being told', async () => {
    const { server, foreign } = await ownServer()
    const driver = tier(server.url)
    driver.invalidations?.(() => {
      throw new Error('its own affair')
    })
    const told = listen(driver)
    await told.live()
    await foreign.set('k', '1')
    await told.hears('k')
  })

  test('are told nothing before they have what ends it', async () => {
    const driver = tier((await ownServer()).server.url)
    await listen(driver).live()
    const told = listen(driver)
    expect(told.all).toEqual([])
    told.unsubscribe()
    await new Promise(setImmediate)
    expect(told.all).toEqual([])
  })
})

describe('S2: close', () => {
  test('tells that it is lost, and leaves nothing, in any state of the server', async () => {
    const tcp = () => process.getActiveResourcesInfo().filter((each) => each.startsWith('TCP')).length
    const { server, foreign } = await ownServer()
    const before = tcp()
    const drivers = [{}, {}, { invalidations: 'keyspace' } as const].map((options) =>
      redis(server.url, options),
    )
    const [well, , refused] = drivers.map(listen)
    await well?.live()
    await refused?.lost()
    // The second is closed while it connects.
    server.pause()
    const start = performance.now()
    await Promise.all(drivers.map((driver) => driver.close?.()))
    expect(performance.now() - start).toBeLessThan(3_000)
    expect(codeOf(await well?.lost())).toBe('CLOSED')
    server.resume()
    await vi.waitFor(() => expect(tcp()).toBe(before), 10_000)
    await vi.waitFor(async () => expect(await listeningConnections(foreign)).toEqual([]), 10_000)
    const after = listen(drivers[0] ?? redis(server.url))
    expect(codeOf(await after.lost())).toBe('CLOSED')
  })

  test('your own client is left as it was', async () => {
    const client = new Redis(inject('redisUrl'))
    onTestFinished(() => client.disconnect())
    const driver = tier(client)
    const listeners = () => client.listenerCount('ready')
    await driver.commands.get('stream:none')
    const before = listeners()
    const told = listen(driver)
    await told.live()
    await driver.close?.()
    expect(listeners()).toBe(before)
    expect(await client.ping()).toBe('PONG')
  })

  test('the stream keeps no process alive', async () => {
    const script = `
      const { redis } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)})
      const { Redis } = await import('ioredis')
      const client = new Redis(process.argv[1])
      const driver = redis(client)
      await new Promise((resolve) => driver.invalidations((told) => told.kind === 'live' && resolve()))
      console.log('live')
      client.disconnect()`
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '--conditions=@jcache/source',
        '--no-warnings',
        '--input-type=module',
        '-e',
        script,
        inject('redisUrl'),
      ],
      { timeout: 30_000, cwd: import.meta.dirname },
    )
    expect(stdout).toBe('live\n')
  }, 40_000)
})
