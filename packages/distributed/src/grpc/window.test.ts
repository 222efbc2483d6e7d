import { expect, test, vi } from 'vitest'
import { startProxy } from '../../../../scripts/servers/proxy.ts'
import { heartbeat, large, numbered, startNode, until } from './node.fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

test('much that is said in one turn comes piece by piece', async () => {
  const a = await startNode('a.1~0', { window: 1 << 20, backlog: 64 << 20 })
  const b = await startNode('b.1~0')
  a.reach([b])
  await until(() => a.status().peers[0]?.state === 'open', 'a stream')
  for (let term = 0; term < 200; term++) a.send(b.id, large(term, 100_000))
  a.flush()
  // All of it waits here, and some of it is there already.
  await until(() => b.heard.length > 0, 'the first')
  expect(b.heard.length).toBeLessThan(200)
  await until(() => b.heard.length === 200, 'everything')
  expect(b.heard.map(({ message }) => message.term)).toEqual(Array.from({ length: 200 }, (_, term) => term))
  expect(a.status().sent.frames).toBeGreaterThan(60)
})

test('a slow peer: what waits is bounded, the newest heartbeat is what it hears, then the stream begins anew', async () => {
  const [window, backlog] = [64 << 10, 256 << 10]
  const a = await startNode('a.1~0', { window, backlog, keepalive: 60_000 })
  const b = await startNode('b.1~0', { window, keepalive: 60_000 })
  const proxy = await startProxy(Number(b.address.split(':')[1]))
  try {
    a.reach([{ id: b.id, address: `127.0.0.1:${proxy.port}` }])
    a.send(b.id, numbered(1))
    await until(() => b.heard.length === 1, 'a stream')
    proxy.freeze()
    for (let turn = 0; turn < 50; turn++) {
      a.send(b.id, large(turn, 4_000))
      for (let beat = 0; beat < 200; beat++) a.send(b.id, heartbeat(turn * 1_000 + beat))
      a.flush()
    }
    const [peer] = a.status().peers
    expect(peer?.inFlight).toBeLessThanOrEqual(window)
    expect(peer?.waiting).toBeGreaterThan(0)
    expect(peer?.waiting).toBeLessThanOrEqual(backlog)
    proxy.thaw()
    await until(() => b.heard.at(-1)?.message.term === 49, 'everything')
    expect(b.heard.filter(({ message }) => message.kind === 'restart')).toHaveLength(50)
    expect(b.heard.some(({ message }) => message.term === 49_199)).toBe(true)
    // Those that went before the window was full, and the newest.
    expect(b.heard.filter(({ message }) => message.kind === 'append').length).toBeLessThan(20)

    proxy.freeze()
    for (let turn = 0; turn < 500 && !a.told.includes('SLOW'); turn++) {
      a.send(b.id, large(turn, 4_000))
      a.flush()
      expect(a.status().peers[0]?.waiting).toBeLessThanOrEqual(backlog)
    }
    expect(a.told).toContain('SLOW')
    proxy.cut()
    proxy.thaw()
    await until(() => a.status().peers[0]?.state === 'open', 'another stream')
    a.send(b.id, numbered(7))
    await until(() => b.heard.at(-1)?.message.kind === 'fenced', 'what comes after')
  } finally {
    await proxy.stop()
  }
})

test('parts as large as the window, and small ones behind: nothing gets stuck', async () => {
  const options = { window: 256 << 10, backlog: 64 << 20 }
  const [a, b] = [await startNode('a.1~0', options), await startNode('b.1~0', options)]
  a.reach([b])
  for (let term = 0; term < 40; term++) a.send(b.id, large(term, (256 << 10) + (term % 2 ? 50 : -50)))
  await until(() => b.heard.length === 40, 'everything')
})

test.each([
  [16 << 10, 16 << 20],
  [16 << 20, 16 << 10],
])('windows of %d and %d bytes: the smaller one counts, and nothing gets stuck', async (here, there) => {
  const a = await startNode('a.1~0', { window: here, backlog: 64 << 20 })
  const b = await startNode('b.1~0', { window: there })
  a.reach([b])
  await until(() => a.status().peers[0]?.state === 'open', 'a stream')
  for (let term = 0; term < 500; term++) {
    a.send(b.id, large(term, 5_000))
    if (term % 2) a.flush()
    expect(a.status().peers[0]?.inFlight).toBeLessThanOrEqual(28 << 10)
  }
  await until(() => b.heard.length === 500, 'everything')
})

test('D4: slices of a snapshot do not hold up what goes beside', async () => {
  const [window, backlog] = [256 << 10, 256 << 20]
  const [a, b] = [await startNode('a.1~0', { window, backlog }), await startNode('b.1~0', { window })]
  a.reach([b])
  await until(() => a.status().peers[0]?.state === 'open', 'a stream')
  const pieces = [['key', { type: 'string', value: 'x'.repeat(1 << 20), expiresAt: null }, false]] as const
  for (let seq = 0; seq < 64; seq++)
    a.send(b.id, { kind: 'slice', term: 1, history: '1:a', snapshot: 1, seq, pieces, end: null })
  a.flush()
  a.send(b.id, numbered(1))
  await until(() => b.heard.length === 65, 'everything')
  expect(b.heard.findIndex(({ message }) => message.kind === 'fenced')).toBeLessThan(60)
  const slices = b.heard.flatMap(({ message }) => (message.kind === 'slice' ? [message.seq] : []))
  expect(slices).toEqual(Array.from({ length: 64 }, (_, seq) => seq))
})
