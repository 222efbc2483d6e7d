import { plainString, string } from '@jcache/driver'
import { conformance } from '@jcache/driver/conformance'
import { leanMemoryOf, memory, plainStringGroup, stringGroup } from '@jcache/memory'
import { describe, expect, test } from 'vitest'
import { leanClientOf } from './lean-client.ts'

describe('K6: leanClientOf over a lean tier', () => {
  const create = () => leanClientOf(string, leanMemoryOf(stringGroup)())
  for (const { name, run } of conformance({ create, groups: ['string', 'faults'] })) test(name, run)
})

test('has the commands of the table, and closes its tier', async () => {
  const tier = leanMemoryOf(plainStringGroup)()
  const client = leanClientOf(plainString, tier)
  expect(Object.keys(client).sort()).toEqual([...Object.keys(plainString), 'close'].sort())
  await client.set('k', '1', { ttl: '5m' })
  expect([await client.incr('k'), tier.stats().entries]).toEqual([2, 1])
  await expect(client.set('k', '1', { ttl: 0 })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
  await client.close()
  await expect(client.get('k')).rejects.toMatchObject({ code: 'CLOSED' })
})

test('K4: a driver that lacks a command is refused at once', () => {
  const { incr: _incr, ...commands } = memory().commands
  // @ts-expect-error: incr is missing
  const create = () => leanClientOf(plainString, { ...memory(), commands })
  expect(create).toThrow(expect.objectContaining({ code: 'UNSUPPORTED', message: 'memory lacks incr' }))
})
