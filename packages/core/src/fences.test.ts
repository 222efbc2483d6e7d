import { memory } from '@jcache/memory'
import { describe, expect, test } from 'vitest'
import { createClient } from './client.ts'
import { faulty, settled } from './faulty.fixture.ts'

/** A client over memory and a truth that tells of changes; the stream is live, and `old` stands under `k`. */
function streaming() {
  const near = memory()
  const truth = faulty(memory(), { stream: true })
  const client = createClient([near, truth])
  truth.emit({ kind: 'live' })
  truth.behind.commands.set('k', 'old')
  const text = (key: string) => near.commands.get(key)
  return { near, truth, client, text }
}

describe('C1: a copy is stored only under a living fence', () => {
  test('an invalidation during a fetch wins', async () => {
    const { truth, client, text } = streaming()
    truth.hold('dump')
    const read = client.get('k')
    await settled()
    truth.behind.commands.set('k', 'new')
    truth.emit({ kind: 'keys', keys: ['k'] })
    await truth.release()
    expect(await read).toBe('new')
    expect(text('k')).toBe(null)
    expect(await client.get('k')).toBe('new')
  })

  test.each([{ kind: 'all' }, { kind: 'lost' }] as const)('so does $kind', async (told) => {
    const { truth, client, text } = streaming()
    truth.hold('dump')
    const read = client.get('k')
    await settled()
    truth.behind.commands.set('k', 'new')
    truth.emit(told)
    await truth.release()
    expect(await read).toBe('new')
    expect(text('k')).toBe(null)
  })

  test('an invalidation of another key is none', async () => {
    const { truth, client, text } = streaming()
    truth.hold('dump')
    const read = client.get('k')
    await settled()
    truth.emit({ kind: 'keys', keys: ['other'] })
    await truth.release()
    expect(await read).toBe('old')
    expect(text('k')).toBe('old')
  })

  test.each([
    ['delete', 'del', null],
    ['set', 'set', 'new'],
    ['count', 'incrby', '1'],
  ] as const)('a %s during a fetch wins', async (_, command, left) => {
    const { truth, client, text } = streaming()
    if (command === 'incrby') truth.behind.commands.del('k')
    truth.hold('dump')
    const read = client.get('k')
    await settled()
    const write =
      command === 'del' ? client.del('k') : command === 'set' ? client.set('k', 'new') : client.incrby('k', 1)
    await write
    await truth.release()
    expect([left, 'old']).toContain(await read)
    expect([left, null]).toContain(text('k'))
    expect(await client.get('k')).toBe(left)
  })

  test('a fetch that began before a write and ends after it is not kept', async () => {
    const { truth, client, text } = streaming()
    truth.hold('set', 'answer')
    truth.hold('dump')
    const read = client.get('k')
    await settled()
    const write = client.set('k', 'new')
    await settled()
    truth.waiting.find(({ call }) => call === 'set')?.go()
    expect(await write).toBe(true)
    expect(text('k')).toBe('new')
    await truth.release()
    await read
    expect(text('k')).toBe('new')
  })

  test('of a write and a fetch that began during it neither is kept', async () => {
    const { truth, client, text } = streaming()
    truth.hold('set', 'request')
    truth.hold('dump')
    const write = client.set('k', 'new')
    await settled()
    const read = client.get('k')
    await settled()
    await truth.release()
    expect(['old', 'new']).toContain(await read)
    await write
    expect(text('k')).toBe(null)
    expect(await client.get('k')).toBe('new')
  })

  test.each([
    [0, 1],
    [1, 0],
  ])('of two racing writes neither is kept, whichever answer comes first (%i, %i)', async (...order) => {
    const { truth, client, text } = streaming()
    truth.hold('set')
    const writes = [client.set('k', '1'), client.set('k', '2')]
    await settled()
    const held = [...truth.waiting]
    for (const at of order) {
      held[at]?.go()
      await settled()
    }
    await Promise.all(writes)
    expect(text('k')).toBe(null)
    expect(await client.get('k')).toBe('2')
  })

  test.each(['set', 'incrby'] as const)('a set that raced with %s is not kept', async (other) => {
    const { truth, client, text } = streaming()
    truth.hold('set')
    const first = client.set('k', '1')
    await settled()
    await (other === 'set' ? client.mset({ k: '5' }) : client.incrby('k', 1))
    await truth.release()
    await first
    expect(text('k')).toBe(null)
  })

  test('an own write that is told by the stream before its answer is not kept', async () => {
    const { truth, client, text } = streaming()
    truth.hold('set')
    const write = client.set('k', 'new')
    await settled()
    truth.emit({ kind: 'keys', keys: ['k'] })
    await truth.release()
    await write
    expect(text('k')).toBe(null)
  })

  test('an invalidation between the fill and the answer: nothing older than it is answered later', async () => {
    for (let turns = 0; turns < 40; turns++) {
      const { truth, client, text } = streaming()
      truth.hold('dump')
      const read = client.get('k')
      await settled()
      truth.waiting[0]?.go()
      for (let turn = 0; turn < turns; turn++) await null
      truth.behind.commands.set('k', 'new')
      truth.emit({ kind: 'keys', keys: ['k'] })
      expect(['old', 'new']).toContain(await read)
      expect(text('k')).not.toBe('old')
    }
  })

  test('who asks after an invalidation does not wait for the fetch from before', async () => {
    const { truth, client } = streaming()
    truth.hold('dump')
    const before = client.get('k')
    await settled()
    truth.behind.commands.set('k', 'new')
    truth.emit({ kind: 'keys', keys: ['k'] })
    const after = client.get('k')
    await settled()
    truth.waiting.at(-1)?.go()
    expect(await after).toBe('new')
    await truth.release()
    expect(await before).toBe('new')
    expect(await client.get('k')).toBe('new')
  })
})
