import { createServer } from 'node:net'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { startProxy } from '../../../../scripts/servers/proxy.ts'
import type { Message } from '../message.ts'
import { anyMessage } from '../wire/message.fixture.ts'
import { large, numbered, startNode, until } from './node.fixture.ts'
import { grpcTransport } from './transport.ts'

vi.setConfig({ testTimeout: 60_000 })

const silent = { message: () => {}, dead: () => {} }

test('D3: messages of every kind come as they were sent, in order', async () => {
  const [a, b] = [await startNode('a.1~0'), await startNode('b.1~0')]
  a.reach([b])
  const messages = fc
    .sample(anyMessage(), { numRuns: 200, seed: 7 })
    .filter(({ kind }) => kind !== 'slice' && kind !== 'ack')
  await until(() => a.status().peers[0]?.state === 'open', 'a stream')
  for (const [place, message] of messages.entries()) {
    a.send(b.id, message)
    if (place % 50 === 0) a.flush()
  }
  const isKept = (message: Message) => message.kind !== 'append' || message.entries.length > 0
  const kept = messages.filter(isKept)
  await until(() => b.heard.filter(({ message }) => isKept(message)).length === kept.length, 'all messages')
  expect(b.heard.map(({ message }) => message).filter(isKept)).toStrictEqual(kept)
  expect(new Set(b.heard.map(({ from }) => from))).toEqual(new Set([a.id]))
})

test('D3: what is sent in one turn goes in few frames, and acknowledgements of one turn as one', async () => {
  const [a, b] = [await startNode('a.1~0'), await startNode('b.1~0')]
  a.reach([b])
  for (let turn = 0; turn < 5; turn++) {
    for (let term = 1; term <= 1_000; term++) a.send(b.id, numbered(term))
    for (let applied = 1; applied <= 1_000; applied++)
      a.send(b.id, { kind: 'ack', term: 1, match: 1, applied, digest: 0, promised: 1, stamp: 1 })
    await new Promise((resolve) => setImmediate(resolve))
  }
  await until(
    () => b.heard.filter(({ message }) => message.kind === 'fenced').length === 5_000,
    'all messages',
  )
  const last = b.heard.findLast(({ message }) => message.kind === 'ack')
  await until(() => b.heard.some(({ message }) => message.kind === 'ack'), 'an acknowledgement')
  expect(b.heard.filter(({ message }) => message.kind === 'ack').length).toBeLessThan(10)
  expect(last?.message ?? b.heard.at(-1)?.message).toMatchObject({ applied: 1_000 })
  expect(a.status().sent.frames).toBeLessThan(20)
})

test('a message larger than one of gRPC goes in parts; one above the limit is refused, and the others go on', async () => {
  const a = await startNode('a.1~0', { maxMessage: 9 << 20 })
  const b = await startNode('b.1~0', { maxMessage: 5 << 20 })
  a.reach([b])
  a.send(b.id, large(1, 4 << 20))
  await until(() => b.heard.length === 1, 'the large one')
  expect(b.heard[0]?.message).toStrictEqual(large(1, 4 << 20))

  a.send(b.id, large(2, 10 << 20))
  a.send(b.id, numbered(3))
  await until(() => b.heard.length === 2, 'the small one')
  expect(a.told).toEqual(['TOO_LARGE'])
  expect(b.heard[1]?.message).toEqual(numbered(3))

  // The other side has a limit of its own.
  a.send(b.id, large(4, 6 << 20))
  await until(() => b.told.includes('TOO_LARGE'), 'a refusal')
  await until(() => a.status().peers[0]?.state === 'open' && a.told.length > 1, 'another stream')
  a.send(b.id, numbered(5))
  await until(() => b.heard.length === 3, 'what comes after')
  expect(b.heard[2]?.message).toEqual(numbered(5))
})

test('what is no data is refused, and takes nothing along', async () => {
  const [a, b] = [await startNode('a.1~0'), await startNode('b.1~0')]
  a.reach([b])
  const command = { name: 'set', args: ['key', () => 1] }
  a.send(b.id, numbered(1))
  a.send(b.id, {
    kind: 'forward',
    term: 1,
    id: { origin: 'a', seq: 1 },
    floor: 1,
    command,
    ack: 'leader',
    until: 1,
    wait: 0,
  })
  a.send(b.id, numbered(2))
  await until(() => b.heard.length === 2, 'the others')
  expect(a.told).toEqual(['UNENCODABLE'])
})

test('a message is for one life of a process, and from one', async () => {
  const [a, b] = [await startNode('a.1~0'), await startNode('b.1~0')]
  a.reach([b])
  a.send('b.1~1', numbered(1))
  a.send('b.1~0', numbered(2))
  a.become('a.1~1')
  a.send('b.1~0', numbered(3))
  await until(() => b.heard.length === 2, 'both')
  expect(b.heard.map(({ from, message }) => [from, message.term])).toEqual([
    ['a.1~0', 2],
    ['a.1~1', 3],
  ])
  expect(b.status().dropped).toBe(1)
  b.become('b.1~1')
  a.send('b.1~1', numbered(4))
  await until(() => b.heard.length === 3, 'the message to the next life')
})

test('to whom no address is known, messages are lost, not kept', async () => {
  const a = await startNode('a.1~0')
  for (let term = 0; term < 100; term++) a.send('x.1~0', numbered(term))
  expect(a.status()).toMatchObject({ dropped: 100, peers: [] })
})

test('D10: a refused connection proves a death, where addresses are said to be direct', async () => {
  const a = await startNode('a.1~0', { direct: true })
  const c = await startNode('c.1~0')
  const b = await startNode('b.1~3')
  for (const node of [a, c]) node.reach([b])
  for (const node of [a, c]) await until(() => node.status().peers[0]?.state === 'open', 'a stream')
  await b.close()
  await until(() => a.dead.length > 0, 'the news')
  await until(() => c.told.includes('UNREACHABLE'), 'a failed attempt')
  expect(new Set(a.dead)).toEqual(new Set(['b.1~3']))
  expect(c.dead).toEqual([])
})

test('D10: a connection that is only cut proves nothing', async () => {
  const a = await startNode('a.1~0', { direct: true })
  const b = await startNode('b.1~0')
  const proxy = await startProxy(Number(b.address.split(':')[1]))
  try {
    a.reach([{ id: b.id, address: `127.0.0.1:${proxy.port}` }])
    for (let turn = 0; turn < 5; turn++) {
      await until(() => a.status().peers[0]?.state === 'open', 'a stream')
      proxy.cut()
      await until(() => a.told.length > turn, 'the news')
    }
    await until(() => a.status().peers[0]?.state === 'open', 'a stream')
    expect(a.dead).toEqual([])
  } finally {
    await proxy.stop()
  }
})

test('who is refused as soon as it speaks tries ever more seldom', async () => {
  const a = await startNode('a.1~0', { maxMessage: 4_000 })
  const b = await startNode('b.1~0')
  b.reach([a])
  const end = performance.now() + 1_500
  while (performance.now() < end) {
    b.send(a.id, large(1, 10_000))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const refusals = a.told.filter((fault) => fault === 'TOO_LARGE').length
  expect(refusals).toBeGreaterThan(1)
  expect(refusals).toBeLessThan(20)
})

test('a process that comes to listen where another did is not taken for it', async () => {
  const a = await startNode('a.1~0')
  const b = await startNode('b.1~0')
  a.reach([b])
  await until(() => a.status().peers[0]?.state === 'open', 'a stream')
  await b.close()
  const again = await startNode('b.2~0', { port: Number(b.address.split(':')[1]) })
  await until(() => a.told.includes('PROCESS'), 'a refusal')
  a.send('b.1~0', numbered(1))
  a.reach([again])
  await until(
    () => a.status().peers.some(({ process, state }) => process === 'b.2' && state === 'open'),
    'a stream',
  )
  a.send(again.id, numbered(2))
  await until(() => again.heard.length === 1, 'a message')
  expect(again.heard[0]?.message).toEqual(numbered(2))
})

test('close: the last words are heard, and nothing stays open', async () => {
  const before = process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length
  const [a, b] = [await startNode('a.1~0'), await startNode('b.1~0')]
  a.reach([b])
  b.reach([a])
  for (const node of [a, b]) await until(() => node.status().peers[0]?.state === 'open', 'a stream')
  a.send(b.id, { kind: 'transfer', term: 1, time: 5 })
  await Promise.all([a.close(), a.close()])
  await until(() => b.heard.length === 1, 'the last words')
  a.send(b.id, numbered(1))
  a.reach([b])
  expect(a.status()).toMatchObject({ peers: [], inbound: 0, dropped: 1 })
  await b.close()
  const left = () => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length
  await until(() => left() <= before, 'no socket')
})

test('where it cannot listen it says so', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  await expect(grpcTransport({ cluster: 'test', port })(() => 'a.1~0', silent)).rejects.toMatchObject({
    name: 'CacheError',
    code: 'UNAVAILABLE',
  })
  taken.close()
})
