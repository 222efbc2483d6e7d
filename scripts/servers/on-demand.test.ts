import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { ask } from './cluster.ts'
import { serveOnDemand } from './on-demand.ts'
import { accepts } from './port.ts'
import { startProxy } from './proxy.ts'
import { startRedis } from './redis.ts'

async function demand(port: number, name: string) {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${name}\n`)
  return JSON.parse(await text(socket)) as { set?: { urls: string[] }; missing?: string; failed?: string }
}

test('a set is started when it is asked for, once for all, and stopped at the end', async ({ skip }) => {
  const servers = await serveOnDemand()
  const [first, second] = await Promise.all([
    demand(servers.port, 'cluster'),
    demand(servers.port, 'cluster'),
  ])
  if (first.missing) {
    await servers.stop()
    return skip(first.missing)
  }
  expect(first.set?.urls).toHaveLength(3)
  expect(second).toEqual(first)
  expect(await demand(servers.port, 'nothing of the kind')).toEqual({
    failed: 'there is no shared nothing of the kind',
  })
  const [url = ''] = first.set?.urls ?? []
  expect(String(await ask({ url }, 'CLUSTER', 'INFO'))).toContain('cluster_state:ok')
  await servers.stop()
  expect(await accepts('127.0.0.1', Number(new URL(url).port))).toBe(false)
}, 60_000)

test('a proxy is as slow as it is told to be, and keeps the order of answers', async () => {
  const server = await startRedis()
  const proxy = await startProxy(server.port)
  const client = new Redis(proxy.port, '127.0.0.1', { retryStrategy: () => 10 })
  client.on('error', () => {})
  onTestFinished(async () => {
    client.disconnect()
    await proxy.stop()
    await server.stop()
  })
  await client.ping()
  proxy.delay(100)
  const start = performance.now()
  const slow = client.echo('slow')
  await new Promise((resolve) => setTimeout(resolve, 20))
  proxy.delay(0)
  expect(await Promise.all([slow, client.echo('after')])).toEqual(['slow', 'after'])
  expect(performance.now() - start).toBeGreaterThanOrEqual(95)
  proxy.cut()
  expect(await client.ping()).toBe('PONG')
})
