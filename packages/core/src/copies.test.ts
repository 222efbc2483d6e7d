import { memory } from '@jcache/memory'
import { describe, expect, test } from 'vitest'
import { createClient } from './client.ts'
import type { ClientEvent } from './event.ts'
import { faulty, settled } from './faulty.fixture.ts'
import { streaming } from './streaming.fixture.ts'

describe('C2: near copies follow the state of the stream', () => {
  test('connecting: they are neither read nor filled', async () => {
    const { near, truth, client, held } = streaming()
    near.commands.set('a', 'stale')
    expect(await client.get('a')).toBe('1')
    expect(await client.mget('a', 'b')).toEqual(['1', '2'])
    expect(client.peek('a')).toBe(undefined)
    await client.set('b', '3')
    expect(held()).toEqual(['a'])
    expect(truth.log).toEqual(['get a', 'mget a b', 'set b'])
  })

  test('live: first everything is flushed, then they serve', async () => {
    const { near, truth, client } = streaming()
    near.commands.set('a', 'stale')
    truth.emit({ kind: 'live' })
    expect(near.entries.holds('a')).toBe(false)
    expect(await client.get('a')).toBe('1')
    expect(await client.get('a')).toBe('1')
    expect(truth.log).toEqual(['dump a'])
    expect(client.peek('a')).toBe('1')
  })

  test('lost: flushed and bypassed until live again', async () => {
    const { truth, client, held } = streaming()
    truth.emit({ kind: 'live' })
    await client.mget('a', 'b')
    expect(held()).toEqual(['a', 'b'])
    truth.emit({ kind: 'lost' })
    expect(held()).toEqual([])
    truth.behind.commands.set('a', 'changed')
    expect(await client.get('a')).toBe('changed')
    expect(held()).toEqual([])
    truth.emit({ kind: 'live' })
    expect(await client.get('a')).toBe('changed')
    expect(held()).toEqual(['a'])
  })

  test('what was fetched before the loss is not kept after it, nor what was fetched before live', async () => {
    const { truth, client, held } = streaming()
    truth.emit({ kind: 'live' })
    truth.hold('dump')
    const read = client.get('a')
    await settled()
    truth.emit({ kind: 'lost' })
    truth.emit({ kind: 'live' })
    await truth.release()
    expect(await read).toBe('1')
    expect(held()).toEqual([])
  })

  test('C3: keys and all are dropped when told, and onEvent tells', async () => {
    const events: ClientEvent[] = []
    const { truth, client, held } = streaming({ onEvent: (event) => void events.push(event) })
    truth.emit({ kind: 'live' })
    await client.mget('a', 'b')
    truth.emit({ kind: 'keys', keys: ['a', 'other'] })
    expect(held()).toEqual(['b'])
    truth.emit({ kind: 'all' })
    expect(held()).toEqual([])
    truth.emit({ kind: 'lost', cause: 'frozen' })
    expect(events.filter(({ kind }) => kind !== 'answer')).toEqual([
      { kind: 'dropped', keys: 'all', why: 'live' },
      { kind: 'stream', state: 'live' },
      { kind: 'dropped', keys: ['a'], why: 'changed' },
      { kind: 'dropped', keys: 'all', why: 'changed' },
      { kind: 'dropped', keys: 'all', why: 'lost' },
      { kind: 'stream', state: 'lost', cause: 'frozen' },
    ])
  })

  test('without tiers for copies nobody subscribes', () => {
    const truth = faulty(memory(), { stream: true })
    const client = createClient([truth])
    expect([truth.subscribers, client.stream]).toEqual([0, 'none'])
  })

  test('backups stay when the stream is lost: that is when they are needed', async () => {
    const backup = memory()
    const truth = faulty(memory(), { stream: true })
    const client = createClient([truth, backup])
    truth.emit({ kind: 'live' })
    truth.behind.commands.set('k', 'v')
    await client.get('k')
    await settled()
    truth.emit({ kind: 'lost' })
    truth.fail(1)
    expect(await client.get('k')).toBe('v')
    truth.emit({ kind: 'keys', keys: ['k'] })
    expect(backup.entries.holds('k')).toBe(false)
  })

  test('a live stream lets copies live as long as their source', async () => {
    const { truth, client, near, clock } = streaming()
    truth.emit({ kind: 'live' })
    truth.behind.commands.set('b', '2', { ttl: 60_000 })
    await client.mget('a', 'b')
    expect([near.commands.ttl('a'), near.commands.ttl('b')]).toEqual([Number.POSITIVE_INFINITY, 60_000])
    clock.time += 59_999
    expect(await client.get('b')).toBe('2')
    expect(truth.log).toEqual(['dump a', 'dump b'])
  })

  test('a shared tier, which other processes fill too, is left alone after live until its copies have expired', async () => {
    const clock = { time: 1_000_000 }
    const now = () => clock.time
    const middle = faulty(memory({ now }))
    const truth = faulty(memory({ now }), { stream: true })
    const client = createClient([memory({ now }), middle, truth], { now })
    truth.emit({ kind: 'live' })
    truth.behind.commands.mset([
      ['a', '1'],
      ['b', '2'],
    ])
    await client.get('a')
    await settled()
    expect(middle.log).toEqual([])
    clock.time += 5_000
    await client.get('b')
    await settled()
    expect(middle.log).toEqual(['dump b', 'load b'])
    expect(middle.behind.commands.ttl('b')).toBe(5_000)
  })
})

describe('T9: why what was fetched was not kept', () => {
  test.each([
    ['too-big', { entryLimit: 0 }],
    ['changed', {}],
  ] as const)('%s', async (why, options) => {
    const events: ClientEvent[] = []
    const { truth, client } = streaming({ ...options, onEvent: (event) => void events.push(event) })
    truth.emit({ kind: 'live' })
    truth.hold('dump')
    const read = client.get('a')
    await settled()
    if (why === 'changed') truth.emit({ kind: 'keys', keys: ['a'] })
    await truth.release()
    expect(await read).toBe('1')
    expect(events).toContainEqual({ kind: 'not-kept', key: 'a', why })
  })

  test('refused by a tier without room', async () => {
    const events: ClientEvent[] = []
    const truth = faulty(memory())
    const client = createClient([memory({ maxBytes: 1 }), truth], {
      onEvent: (event) => void events.push(event),
    })
    truth.behind.commands.set('a', '1')
    expect(await client.get('a')).toBe('1')
    expect(events).toContainEqual({ kind: 'not-kept', key: 'a', why: 'refused' })
  })

  test('a copy that this client wrote over', async () => {
    const events: ClientEvent[] = []
    const { truth, client } = streaming({ onEvent: (event) => void events.push(event) })
    truth.emit({ kind: 'live' })
    await client.get('a')
    await client.append('a', '+')
    expect(events).toContainEqual({ kind: 'dropped', keys: ['a'], why: 'written' })
  })
})

describe('C4: without a stream', () => {
  test('near copies live for nearTtl at most, then the foreign change is seen', async () => {
    const clock = { time: 1_000_000 }
    const now = () => clock.time
    const truth = faulty(memory({ now }))
    const client = createClient([memory({ now }), truth], { now, nearTtl: '2s' })
    truth.behind.commands.set('k', 'old')
    await client.get('k')
    truth.behind.commands.set('k', 'new')
    clock.time += 1_999
    expect(await client.get('k')).toBe('old')
    clock.time += 1
    expect(await client.get('k')).toBe('new')
  })
})
