import { hash } from '@jcache/driver'
import { hashGroup, memory, memoryOf } from '@jcache/memory'
import { describe, expect, test } from 'vitest'
import { createClient, createClientOf } from './client.ts'
import { faulty } from './faulty.fixture.ts'

describe('a key as a whole', () => {
  test('over one local tier, with its expiry', async () => {
    const client = createClient([memory({ now: () => 1_000 })])
    await client.set('k', 'v', { ttl: 500 })
    expect(await client.entry('k')).toEqual({ type: 'string', value: 'v', expiresAt: 1_500 })
    expect(await client.entry('none')).toBe(null)
    await client.close()
    await expect(client.entry('k')).rejects.toMatchObject({ code: 'CLOSED' })
  })

  test('a narrow client over one driver', async () => {
    const client = createClientOf(hash, memoryOf(hashGroup)())
    await client.hset('h', { field: 'x' })
    expect(await client.entry('h')).toEqual({ type: 'hash', value: [['field', 'x']], expiresAt: null })
    await client.close()
    await expect(client.entry('h')).rejects.toMatchObject({ code: 'CLOSED' })
  })

  test('its expiry is that at truth, though the copy ends sooner', async () => {
    const now = () => 1_000
    const near = memory({ now })
    const truth = faulty(memory({ now }))
    const client = createClient([near, truth], { now, nearTtl: 100 })
    truth.behind.commands.set('k', 'v', { ttl: 500 })
    const whole = { type: 'string', value: 'v', expiresAt: 1_500 }
    expect(await Promise.all([client.entry('k'), client.entry('k'), client.get('k')])).toEqual([
      whole,
      whole,
      'v',
    ])
    expect(truth.log).toEqual(['dump k'])
    expect(near.commands.ttl('k')).toBe(100)
    expect(await client.entry('k')).toEqual(whole)
  })

  test('nor is it that of a copy in between', async () => {
    const now = () => 1_000
    const middle = faulty(memory({ now }))
    const truth = faulty(memory({ now }))
    const client = createClient([memory({ now }), middle, truth], { now, nearTtl: 100 })
    truth.behind.commands.set('k', 'v', { ttl: 500 })
    middle.behind.commands.set('k', 'v', { ttl: 100 })
    expect(await client.entry('k')).toMatchObject({ expiresAt: 1_500 })
  })

  test('one too big to be copied', async () => {
    const near = memory()
    const truth = faulty(memory())
    const client = createClient([near, truth], { entryLimit: 3 })
    truth.behind.commands.set('k', 'text')
    expect(await client.entry('k')).toMatchObject({ value: 'text' })
    expect(near.entries.holds('k')).toBe(false)
  })

  test('from a backup while truth is unavailable, else the caller is told', async () => {
    const truth = faulty(memory())
    const client = createClient([truth, memory()])
    await client.set('k', 'v')
    truth.fail(2)
    expect(await client.entry('k')).toMatchObject({ value: 'v' })
    await expect(client.entry('none')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  test('bad input and tiers that do not move whole keys', async () => {
    const client = createClient([memory()])
    await expect(client.entry(Reflect.get({}, 'key'))).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
    const { entries: _, ...bare } = memory()
    await expect(createClient([bare]).entry('k')).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    const { entries: _entries, ...truth } = faulty(memory())
    const over = createClient([memory(), truth], { absentTtl: '1m' })
    await over.set('k', 'v')
    await expect(over.entry('k')).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    expect(await over.get('k')).toBe('v')
  })
})
