import { describe, expect, test } from 'vitest'
import { settled } from './faulty.fixture.ts'
import { streaming } from './streaming.fixture.ts'

describe('C2: maxStaleness', () => {
  test('near copies are read for so long after the loss, told as stale, and not filled', async () => {
    const { clock, truth, client, held } = streaming({ maxStaleness: '10s' })
    expect(client.stream).toBe('connecting')
    truth.emit({ kind: 'live' })
    expect(client.stream).toBe('live')
    await client.get('a')
    truth.emit({ kind: 'lost' })
    expect(client.stream).toBe('lost')
    truth.behind.commands.set('a', 'changed')
    clock.time += 9_999
    truth.emit({ kind: 'lost' })
    expect(client.peek('a')).toBe('1')
    expect(await client.explain('get', 'a')).toMatchObject({ answer: '1', stale: true, age: 9_999 })
    expect(await client.get('b')).toBe('2')
    expect(held()).toEqual(['a'])
    clock.time += 1
    expect(client.peek('a')).toBe(undefined)
    expect(await client.explain('get', 'a')).toMatchObject({ answer: 'changed', stale: false })
    truth.emit({ kind: 'live' })
    expect(held()).toEqual([])
    expect(await client.get('a')).toBe('changed')
    expect(await client.explain('get', 'a')).toMatchObject({ tier: { name: 'memory' }, stale: false })
  })

  test('it counts from when the last change was surely told', async () => {
    const { clock, truth, client } = streaming({ maxStaleness: '10s' })
    truth.emit({ kind: 'live' })
    await client.get('a')
    clock.time += 4_000
    truth.emit({ kind: 'lost', since: clock.time - 1_000 })
    clock.time += 8_999
    expect(client.peek('a')).toBe('1')
    clock.time += 1
    expect(client.peek('a')).toBe(undefined)
  })

  test('near hits go on while truth is away, misses are told', async () => {
    const { truth, client } = streaming({ maxStaleness: '10s' })
    truth.emit({ kind: 'live' })
    await client.get('a')
    truth.emit({ kind: 'lost' })
    truth.fail(1)
    expect(await client.get('a')).toBe('1')
    await expect(client.get('b')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  test('C5: own writes are read meanwhile', async () => {
    const { truth, client, held } = streaming({ maxStaleness: '10s' })
    truth.emit({ kind: 'live' })
    await client.mget('a', 'b')
    truth.emit({ kind: 'lost' })
    await client.set('a', 'mine')
    await client.append('b', '+')
    expect(held()).toEqual([])
    expect(await client.mget('a', 'b')).toEqual(['mine', '2+'])
  })

  test('a fetch from before the loss is not kept, and what was there before the stream was first live is not read', async () => {
    const { truth, near, client, held } = streaming({ maxStaleness: '10s' })
    near.commands.set('b', 'stale')
    truth.emit({ kind: 'lost' })
    expect(await client.get('b')).toBe('2')
    truth.emit({ kind: 'live' })
    truth.hold('dump')
    const read = client.get('a')
    await settled()
    truth.emit({ kind: 'lost' })
    await truth.release()
    expect(await read).toBe('1')
    expect(held()).toEqual([])
  })
})
