import { codeOf, isUnavailable } from '@jcache/driver'
import { afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { freePort } from '../../../scripts/servers/port.ts'
import { type RedisSentinels, startSentinels } from '../../../scripts/servers/sentinel.ts'
import { orSkipped } from '../../../scripts/servers/shared.ts'
import { untilTrue } from '../../../scripts/servers/until-true.ts'
import { redis } from './index.ts'

const rejections = vi.fn()
process.on('unhandledRejection', rejections)
afterEach(() => expect(rejections).not.toHaveBeenCalled())

const secrets = { password: 's3cret-of-servers', sentinelPassword: 's3cret-of-sentinels' }

let own: RedisSentinels | undefined
beforeAll(async () => {
  own = await orSkipped(startSentinels(secrets))
  return () => own?.stop()
}, 60_000)

/** The sentinels, and a tier on what they name. */
function start(skip: (why: string) => never, other: { password?: string; sentinelPassword?: string } = {}) {
  const set = own ?? skip('needs redis-server')
  const { name, sentinels } = set
  const driver = redis({ name, sentinels, ...secrets, ...other }, { commandTimeout: '1s' })
  onTestFinished(() => driver.close?.())
  return { set, driver, commands: driver.commands }
}

/** Writes one key after the other until told to stop; tells which were acknowledged. */
function load(commands: ReturnType<typeof redis>['commands']) {
  const acknowledged: string[] = []
  const codes = new Set<unknown>()
  let on = true
  let longest = 0
  const done = Promise.all(
    [0, 1, 2, 3].map(async (client) => {
      for (let at = 0; on; at++) {
        const start = performance.now()
        try {
          await commands.set(`load:${client}:${at}`, 'text')
          acknowledged.push(`load:${client}:${at}`)
        } catch (error) {
          codes.add(codeOf(error))
          // As an application would, so that the test does not only fail fast.
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
        longest = Math.max(longest, performance.now() - start)
      }
    }),
  )
  return {
    acknowledged,
    stop: async () => {
      on = false
      await done
      return { codes: [...codes], longest }
    },
  }
}

const writes = (commands: ReturnType<typeof redis>['commands']) =>
  untilTrue(async () => {
    try {
      return (await commands.set('back', 'text')) === true
    } catch (error) {
      if (isUnavailable(error)) return false
      throw error
    }
  }, 'writes are taken again')

describe('T5: sentinels', () => {
  test('a failover that is asked for, under load: calls end in bounded time, and are taken again', async ({
    skip,
  }) => {
    const { set, commands } = start(skip)
    await commands.set('before', 'text')
    const waiting = Promise.resolve(commands.blpop(['list'], 0)).catch((error: unknown) => error)
    const told = load(commands)
    await set.failover()
    await writes(commands)
    const { codes, longest } = await told.stop()
    for (const code of codes) expect(['UNAVAILABLE', 'TIMEOUT']).toContain(code)
    expect(longest).toBeLessThan(5_000)
    expect(await commands.get('before')).toBe('text')
    expect(told.acknowledged.length).toBeGreaterThan(0)
    // Who waited either goes on or is told; nobody waits for a server that has no calls any more.
    await commands.rpush('list', 'a')
    const found = await waiting
    if (found instanceof Error) expect(codeOf(found)).toBe('UNAVAILABLE')
    else expect(found).toEqual(['list', 'a'])
  }, 60_000)

  test('a primary that freezes: another takes over, without a restart', async ({ skip }) => {
    const { set, commands } = start(skip)
    await commands.set('before', 'text')
    const waiting = Promise.resolve(commands.blpop(['list'], 0)).catch((error: unknown) => error)
    await commands.get('before')
    const primary = await set.primary()
    const told = load(commands)
    primary.pause()
    await set.failover(true)
    await writes(commands)
    const { codes, longest } = await told.stop()
    expect(longest).toBeLessThan(5_000)
    for (const code of codes) expect(['UNAVAILABLE', 'TIMEOUT']).toContain(code)
    expect(codeOf(await waiting)).toBe('UNAVAILABLE')
    // The old one comes back as a replica, and nothing is written to it.
    primary.resume()
    for (let at = 0; at < 20; at++) expect(await commands.set(`after:${at}`, 'text')).toBe(true)
    expect(await commands.get('before')).toBe('text')
  }, 60_000)
})

describe('T5: sentinels that cannot be asked', () => {
  test('fail calls at once after the first, and close at once', async () => {
    const address = { host: '127.0.0.1', port: await freePort() }
    const driver = redis({ name: 'jcache', sentinels: [address], ...secrets }, { commandTimeout: '500ms' })
    const { commands } = driver
    const first = await Promise.resolve(commands.get('k')).catch((error: unknown) => error)
    expect(codeOf(first)).toBe('UNAVAILABLE')
    const start = performance.now()
    const second = await Promise.resolve(commands.get('k')).catch((error: unknown) => error)
    expect(performance.now() - start).toBeLessThan(400)
    expect(String(second)).toContain('sentinels are unreachable')
    expect(`${String(second)}${JSON.stringify(second)}`).not.toContain('s3cret')
    await driver.close?.()
    expect(performance.now() - start).toBeLessThan(4_000)
  })

  test('refuse a wrong password, and show none', async ({ skip }) => {
    for (const wrong of [{ password: 's3cret-wrong' }, { sentinelPassword: 's3cret-wrong' }]) {
      const { driver } = start(skip, wrong)
      const error = await Promise.resolve(driver.commands.get('k')).catch((error: unknown) => error)
      expect(codeOf(error)).toBe('UNAVAILABLE')
      expect(String(error)).toMatch(/WRONGPASS|password/)
      expect(`${String(error)}${JSON.stringify(error)}`).not.toContain('s3cret')
    }
  }, 30_000)
})
