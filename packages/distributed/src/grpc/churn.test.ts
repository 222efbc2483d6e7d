import { expect, onTestFinished, test, vi } from 'vitest'
import { startProxy } from '../../../../scripts/servers/proxy.ts'
import { Random } from '../simulation/random.fixture.ts'
import { large, numbered, startNode, until } from './node.fixture.ts'

vi.setConfig({ testTimeout: 120_000 })

const SECONDS = Number(process.env['JCACHE_CHURN_SECONDS'] ?? 3)

test('links cut, frozen and refused under load: memory stays, streams begin anew, nothing is left over', async () => {
  const seed = Date.now() % 1_000_000
  const random = new Random(seed)
  const options = {
    keepalive: 300,
    connectTimeout: 500,
    window: 1 << 20,
    backlog: 4 << 20,
    maxMessage: 3 << 20,
  }
  const [a, b] = [await startNode('a.1~0', options), await startNode('b.1~0', options)]
  const proxy = await startProxy(Number(b.address.split(':')[1]))
  onTestFinished(() => proxy.stop())
  a.reach([{ id: b.id, address: `127.0.0.1:${proxy.port}` }])
  b.reach([a])
  const before = process.memoryUsage().rss
  const end = performance.now() + SECONDS * 1_000
  for (let turn = 1; performance.now() < end; turn++) {
    for (let message = 0; message < 5; message++) {
      a.send(b.id, large(turn, 200_000))
      const pieces = [
        ['key', { type: 'string', value: 'x'.repeat(100_000), expiresAt: null }, false],
      ] as const
      b.send(a.id, { kind: 'slice', term: turn, history: '1:a', snapshot: 1, seq: turn, pieces, end: null })
    }
    if (random.chance(0.06)) proxy.cut()
    else if (random.chance(0.02)) {
      proxy.freeze()
      setTimeout(() => proxy.thaw(), 400).unref()
    } else if (random.chance(0.01)) a.send(b.id, large(turn, 4 << 20))
    // What was heard is not what is measured.
    for (const node of [a, b]) node.heard.length = 0
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
  proxy.thaw()
  const isOpen = () => [a, b].every((node) => node.status().peers[0]?.state === 'open')
  await until(isOpen, `streams, seed ${seed}`)
  await until(() => {
    a.send(b.id, numbered(1))
    b.send(a.id, numbered(2))
    return [a, b].every(({ heard }) => heard.some(({ message }) => message.kind === 'fenced'))
  }, `messages, seed ${seed}`)
  expect(a.told).toContain('LOST')
  await until(
    () => [a, b].every((node) => node.status().inbound <= 2),
    `the end of old streams, seed ${seed}`,
  )
  expect(process.memoryUsage().rss - before).toBeLessThan(400 << 20)
})
