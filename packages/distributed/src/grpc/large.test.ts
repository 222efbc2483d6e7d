import { expect, test, vi } from 'vitest'
import type { Message } from '../message.ts'
import { Stretch } from '../stretch.ts'
import { heartbeat, numbered, startNode, until } from './node.fixture.ts'
import { slowLink } from './slow-link.fixture.ts'

vi.setConfig({ testTimeout: 90_000 })

const MB = 1 << 20

function entryOf(bytes: number): Stretch {
  const command = { name: 'set', args: ['key', 'x'.repeat(bytes)] }
  const at = { term: 1, offset: 1, time: 1, id: null, floor: 0 }
  return Stretch.of([{ ...at, operations: [{ kind: 'run', command }] }])
}

function append(term: number, entries: Stretch): Message {
  const at = { commit: 1, commitTime: 1, tail: 1, time: 1, stamp: 1, heard: null }
  return { kind: 'append', term, previous: { offset: 0, term: 0 }, entries, ...at }
}

test('while 24 MB are on their way on a slow link, heartbeats get through, and nothing of it is said twice', async () => {
  const a = await startNode('a.1~0')
  const b = await startNode('b.1~0')
  a.reach([{ id: b.id, address: await slowLink(b.address, 10_000) }])
  await until(() => a.status().peers[0]?.state === 'open', 'a stream')
  const entry = entryOf(24 * MB)
  let beats = 0
  const isThere = () => b.heard.some(({ message }) => message.kind === 'append' && message.entries.length > 0)
  await until(
    () => {
      // As the machine does: what is not acknowledged is sent again, and the heartbeat besides.
      a.send(b.id, append(++beats, entry))
      a.send(b.id, heartbeat(++beats))
      a.flush()
      return isThere()
    },
    'the large one',
    60_000,
  )
  a.send(b.id, numbered(0))
  await until(() => b.heard.at(-1)?.message.kind === 'fenced', 'what comes after')
  const large = b.heard.findIndex(({ message }) => message.kind === 'append' && message.entries.length > 0)
  expect(large).toBeGreaterThan(10)
  const terms = b.heard.slice(0, large).map(({ message }) => message.term)
  expect(terms).toEqual(terms.toSorted((one, other) => one - other))
  expect(b.heard.length).toBeGreaterThan(large)
  expect(a.status().sent.bytes).toBeLessThan(2 * 24 * MB)
  expect(a.told).toEqual([])
})

test('a large message in the way of others: they wait behind it, and it is not too much', async () => {
  const options = { window: 256 << 10, backlog: MB }
  const [a, b] = [await startNode('a.1~0', options), await startNode('b.1~0', options)]
  a.reach([{ id: b.id, address: await slowLink(b.address, 20_000) }])
  await until(() => a.status().peers[0]?.state === 'open', 'a stream')
  a.send(b.id, append(1, entryOf(8 * MB)))
  a.flush()
  for (let term = 0; term < 100; term++) {
    a.send(b.id, numbered(term))
    a.flush()
  }
  await until(() => b.heard.length === 101, 'everything')
  expect(b.heard[0]?.message.kind).toBe('append')
  expect(b.heard.slice(1).map(({ message }) => message.term)).toEqual(
    Array.from({ length: 100 }, (_, at) => at),
  )
  expect(a.told).toEqual([])
})
