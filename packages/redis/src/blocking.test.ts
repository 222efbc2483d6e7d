import { codeOf } from '@jcache/driver'
import { Redis } from 'ioredis'
import { beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { startRedis } from '../../../scripts/servers/redis.ts'
import { type RedisDriverOptions, redis } from './index.ts'

let list: string
let tests = 0
beforeEach(() => {
  list = `blocking:${process.pid}:${tests++}`
})

function tier(options?: RedisDriverOptions, url = inject('redisUrl')) {
  const driver = redis(url, options)
  onTestFinished(() => driver.close?.())
  return driver
}

/** Looks at the server from outside. */
function observer(url = inject('redisUrl')) {
  const client = new Redis(url)
  onTestFinished(() => client.disconnect())
  return {
    client,
    /** Resolves when so many connections block. */
    blocked: (count: number) =>
      vi.waitFor(async () => expect(await client.info('clients')).toContain(`blocked_clients:${count}\r\n`), {
        timeout: 5_000,
        interval: 5,
      }),
  }
}

async function ownServer() {
  const server = await startRedis()
  onTestFinished(() => server.stop())
  return server
}

const codeFrom = (call: Promise<unknown> | unknown) => Promise.resolve(call).then(() => undefined, codeOf)

describe('R4: blocking commands', () => {
  test('hold up nothing else', async () => {
    const { commands } = tier()
    const waiting = commands.blpop([list], 0)
    expect(await commands.llen(list)).toBe(0)
    await commands.rpush(list, 'a')
    expect(await waiting).toEqual([list, 'a'])
  })

  test('answer null after their timeout, not before', async () => {
    const { commands } = tier()
    await commands.blpop([list], 1)
    const start = performance.now()
    expect(await commands.brpop([list, `${list}:2`], 120)).toBe(null)
    expect(performance.now() - start).toBeGreaterThanOrEqual(119)
    expect(performance.now() - start).toBeLessThan(1_000)
  })

  test('may wait for longer than commandTimeout', async () => {
    const { commands } = tier({ commandTimeout: 300 })
    const waiting = commands.blpop([list], 5_000)
    expect(await commands.blpop([`${list}:none`], 500)).toBe(null)
    await commands.rpush(list, 'a')
    expect(await waiting).toEqual([list, 'a'])
  })

  test('may wait for longer than a timer lasts', async () => {
    const { commands } = tier({ blockingConnections: 1 })
    const day = 86_400_000
    const waiting = [commands.blpop([list], 30 * day), commands.blpop([list], 30 * day)]
    expect(await Promise.race([...waiting, commands.llen(list)])).toBe(0)
    await commands.rpush(list, 'a', 'b')
    expect(await Promise.all(waiting)).toEqual([
      [list, 'a'],
      [list, 'b'],
    ])
  })

  test('fail with the type that the key holds', async () => {
    const { commands } = tier()
    await commands.set(list, 'text')
    expect(await codeFrom(commands.blpop([list], 1_000))).toBe('WRONG_TYPE')
    // The connection is as good as before.
    expect(await commands.blpop([`${list}:none`], 1)).toBe(null)
  })

  test('use no more connections than blockingConnections', async () => {
    const server = await ownServer()
    const { commands } = tier({ blockingConnections: 2 }, server.url)
    const { client, blocked } = observer(server.url)
    const waiting = Array.from({ length: 5 }, () => commands.blpop([list], 0))
    await blocked(2)
    // The observer, the shared connection, and two.
    expect(await client.info('clients')).toContain('connected_clients:4\r\n')
    await commands.rpush(list, 'a', 'b', 'c', 'd', 'e')
    const found = await Promise.all(waiting)
    expect(found.map((each) => each?.[1]).sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(await client.info('clients')).toContain('connected_clients:4\r\n')
  })

  test('those that queue for a connection are served in their order', async () => {
    const server = await ownServer()
    const { commands } = tier({ blockingConnections: 1 }, server.url)
    const { blocked } = observer(server.url)
    const served: number[] = []
    const waiting = [0, 1, 2, 3].map(async (at) => {
      await commands.blpop([list], 0)
      served.push(at)
    })
    await blocked(1)
    for (let at = 0; at < 4; at++) {
      await commands.rpush(list, 'x')
      await vi.waitFor(() => expect(served).toHaveLength(at + 1))
    }
    await Promise.all(waiting)
    expect(served).toEqual([0, 1, 2, 3])
  })

  test('those that queue get what lies ready, and end by their own timeout', async () => {
    const server = await ownServer()
    const { commands } = tier({ blockingConnections: 1 }, server.url)
    const { blocked } = observer(server.url)
    const waiting = commands.blpop([list], 0)
    await blocked(1)
    await commands.rpush(`${list}:ready`, 'a')
    expect(await commands.blpop([`${list}:ready`], 0)).toEqual([`${list}:ready`, 'a'])
    const start = performance.now()
    expect(await commands.brpop([`${list}:none`], 100)).toBe(null)
    expect(performance.now() - start).toBeLessThan(1_000)
    const late = commands.blpop([`${list}:late`], 150)
    await commands.rpush(`${list}:late`, 'b')
    expect(await late).toEqual([`${list}:late`, 'b'])
    await commands.rpush(list, 'c')
    expect(await waiting).toEqual([list, 'c'])
  })
})

describe('R4: a signal ends the wait', () => {
  test('before it has begun', async () => {
    const { commands } = tier()
    await commands.rpush(list, 'a')
    const signal = AbortSignal.abort()
    expect(await codeFrom(commands.blpop([list], 0, { signal }))).toBe('ABORTED')
    expect(await commands.llen(list)).toBe(1)
  })

  test('at the server, whose connection serves the next caller', async () => {
    const server = await ownServer()
    const { commands } = tier({ blockingConnections: 1 }, server.url)
    const { client, blocked } = observer(server.url)
    const ending = new AbortController()
    const waiting = codeFrom(commands.blpop([list], 0, { signal: ending.signal }))
    await blocked(1)
    const connections = async () => /total_connections_received:(\d+)/.exec(await client.info('stats'))?.[1]
    const before = await connections()
    const next = commands.blpop([list], 0)
    ending.abort()
    expect(await waiting).toBe('ABORTED')
    await blocked(1)
    expect(await connections()).toBe(before)
    await commands.rpush(list, 'a')
    expect(await next).toEqual([list, 'a'])
  })

  test('in the queue for a connection', async () => {
    const { commands } = tier({ blockingConnections: 1 })
    const waiting = commands.blpop([list], 0)
    const ending = new AbortController()
    const queued = codeFrom(commands.blpop([list], 0, { signal: ending.signal }))
    await commands.llen(list)
    ending.abort()
    expect(await queued).toBe('ABORTED')
    await commands.rpush(list, 'a')
    expect(await waiting).toEqual([list, 'a'])
  })

  test('by cutting the connection, where CLIENT is not allowed', async () => {
    const server = await ownServer()
    const { client, blocked } = observer(server.url)
    await client.call('ACL', 'SETUSER', 'limited', 'on', '>pass', '~*', '+@all', '-client')
    const { commands } = tier({}, server.url.replace('//', '//limited:pass@'))
    const ending = new AbortController()
    const waiting = codeFrom(commands.blpop([list], 0, { signal: ending.signal }))
    await blocked(1)
    ending.abort()
    expect(await waiting).toBe('ABORTED')
    await blocked(0)
    await commands.rpush(list, 'a')
    expect(await commands.blpop([list], 0)).toEqual([list, 'a'])
  })

  test('of a server that does not answer', async () => {
    const server = await ownServer()
    const { commands } = tier({}, server.url)
    const { blocked } = observer(server.url)
    const ending = new AbortController()
    const waiting = codeFrom(commands.blpop([list], 0, { signal: ending.signal }))
    await blocked(1)
    server.pause()
    const start = performance.now()
    ending.abort()
    expect(await waiting).toBe('ABORTED')
    expect(performance.now() - start).toBeLessThan(900)
  })

  test('and loses nothing: what was taken is answered', async () => {
    const { commands } = tier({ blockingConnections: 4 })
    const answered: string[] = []
    let aborted = 0
    const other = observer().client
    await commands.blpop([list], 1) // opens the connection
    // Every way: a round trip before or not, push or abort first, a round trip between them or not.
    for (let round = 0; round < 200; round++) {
      const way = round % 8
      const ending = new AbortController()
      const outcome = Promise.resolve(commands.blpop([list], 0, { signal: ending.signal })).then(
        (found) => answered.push(String(found?.[1])),
        () => aborted++,
      )
      const steps = [() => other.rpush(list, round), () => ending.abort()]
      if (way & 1) await other.ping()
      if (way & 2) steps.reverse()
      const first = steps[0]?.()
      if (way & 4) await other.ping()
      await Promise.all([first, steps[1]?.(), outcome])
    }
    const left = await commands.lrange(list, 0, -1)
    expect([...answered, ...left].map(Number).sort((a, b) => a - b)).toEqual([...Array(200).keys()])
    // Both have happened, else this shows nothing.
    expect(answered.length).toBeGreaterThan(0)
    expect(aborted).toBeGreaterThan(0)
  })
})

describe('S2: close ends the waits', () => {
  test('also those that queue', async () => {
    const driver = tier({ blockingConnections: 1 })
    const waiting = [1, 2, 3].map(() => codeFrom(driver.commands.blpop([list], 0)))
    await driver.commands.llen(list)
    await driver.close?.()
    expect(await Promise.all(waiting)).toEqual(['CLOSED', 'CLOSED', 'CLOSED'])
    expect(await codeFrom(driver.commands.blpop([list], 0))).toBe('CLOSED')
  })
})
