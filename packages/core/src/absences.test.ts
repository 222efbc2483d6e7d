import { memory } from '@jcache/memory'
import { describe, expect, test } from 'vitest'
import { createClient } from './client.ts'
import { faulty, settled } from './faulty.fixture.ts'
import type { ClientOptions } from './options.ts'
import { streaming } from './streaming.fixture.ts'

describe('C6: absence as a copy', () => {
  const absent = (options: ClientOptions = {}) => {
    const made = streaming({ absentTtl: '10s', ...options })
    made.truth.emit({ kind: 'live' })
    return made
  }

  test('truth is asked once, for every command', async () => {
    const { clock, truth, client } = absent()
    expect(await client.get('none')).toBe(null)
    expect(client.peek('none')).toBe(null)
    expect(await client.hgetall('none')).toEqual(Object.create(null))
    expect(await client.mget('none', 'a')).toEqual([null, '1'])
    expect(await client.explain('exists', 'none')).toMatchObject({ answer: 0, tier: { name: 'memory' } })
    expect(truth.log).toEqual(['dump none', 'dump a'])
    clock.time += 10_000
    expect(client.peek('none')).toBe(undefined)
    expect(await client.get('none')).toBe(null)
    expect(truth.log).toEqual(['dump none', 'dump a', 'dump none'])
  })

  test('without the option it is not kept', async () => {
    const { truth, client } = absent({ absentTtl: 0 })
    await client.get('none')
    await client.get('none')
    expect(truth.log).toEqual(['dump none', 'dump none'])
  })

  test.each(['set', 'append', 'hset'] as const)('C5: an own %s ends it', async (name) => {
    const { client } = absent()
    await client.get('none')
    if (name === 'hset') await client.hset('none', { f: 'v' })
    else await client[name]('none', 'v')
    expect(await client.exists('none')).toBe(1)
  })

  test('C3: a change told ends it, as do a flush and the loss of the stream', async () => {
    const { truth, client } = absent()
    const ends = [{ kind: 'keys', keys: ['none'] }, { kind: 'all' }, { kind: 'lost' }] as const
    for (const end of ends) {
      await client.get('none')
      expect(client.peek('none')).toBe(null)
      truth.emit(end)
      expect(client.peek('none')).toBe(undefined)
    }
  })

  test('C1: it is not kept where the key was changed while it was asked for', async () => {
    const { truth, client } = absent()
    truth.hold('dump', 'answer')
    const read = client.get('none')
    await settled()
    truth.behind.commands.set('none', 'there')
    truth.emit({ kind: 'keys', keys: ['none'] })
    await truth.release()
    expect(await read).toBe('there')
    expect(client.peek('none')).toBe(undefined)
  })

  test('S2: no more than ten thousand are kept', async () => {
    const { client } = absent()
    for (let at = 0; at <= 10_000; at++) await client.get(`none:${at}`)
    expect([client.peek('none:0'), client.peek('none:1')]).toEqual([undefined, null])
  })

  test('C4: without a stream no longer than nearTtl', async () => {
    const clock = { time: 1_000_000 }
    const now = () => clock.time
    const truth = faulty(memory({ now }))
    const client = createClient([memory({ now }), truth], { now, nearTtl: '2s', absentTtl: '10s' })
    await client.get('none')
    clock.time += 1_999
    expect(client.peek('none')).toBe(null)
    clock.time += 1
    expect(client.peek('none')).toBe(undefined)
  })
})
