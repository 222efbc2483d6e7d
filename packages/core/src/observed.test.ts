import { memory } from '@jcache/memory'
import { describe, expect, test } from 'vitest'
import { createClient } from './client.ts'
import { faulty, settled } from './faulty.fixture.ts'
import { type Observation, observed } from './observed.ts'

/** A client over an observed driver, and what was told. */
function watched(driver = faulty(memory(), { name: 'far' })) {
  const told: Observation[] = []
  const client = createClient([observed(driver, (observation) => void told.push(observation))])
  return { driver, told, client }
}

describe('observed', () => {
  test('every call is told after its answer, with its arguments and time', async () => {
    const { client, told, driver } = watched()
    driver.hold('set')
    const write = client.set('k', 'v', { ttl: '1s' })
    await settled()
    expect(told).toEqual([])
    await driver.release()
    await write
    expect(told).toEqual([
      {
        driver: 'far',
        command: 'set',
        args: ['k', 'v', { ttl: 1_000 }],
        ms: expect.any(Number),
        error: undefined,
      },
    ])
  })

  test('failures are told and pass on, at once or by promise', async () => {
    const { client, told, driver } = watched()
    driver.behind.commands.set('k', 'text')
    await expect(client.hget('k', 'f')).rejects.toMatchObject({ code: 'WRONG_TYPE' })
    expect(told).toMatchObject([{ command: 'hget', error: { code: 'WRONG_TYPE' } }])

    const local: Observation[] = []
    const driverAtHand = observed(memory(), (observation) => void local.push(observation))
    driverAtHand.commands.set('k', 'text')
    expect(() => driverAtHand.commands.hget('k', 'f')).toThrow(
      expect.objectContaining({ code: 'WRONG_TYPE' }),
    )
    expect(local).toMatchObject([{ command: 'set' }, { command: 'hget', error: { code: 'WRONG_TYPE' } }])
  })

  test('what moves whole keys is told too: it is most of what a far tier is asked', async () => {
    const told: Observation[] = []
    const truth = observed(faulty(memory()), (observation) => void told.push(observation))
    const client = createClient([memory(), truth])
    await client.get('k')
    expect(told).toMatchObject([{ command: 'dump', args: ['k', 1_000_000] }])
    for await (const _ of truth.entries?.scan() ?? []) throw new Error('there is no key')
  })

  test('what the observer throws is ignored', async () => {
    const driver = observed(faulty(memory()), () => {
      throw new Error('broken observer')
    })
    const client = createClient([driver])
    expect(await client.set('k', 'v')).toBe(true)
    expect(observed(memory(), () => JSON.parse('{')).commands.get('k')).toBe(null)
  })

  test('the rest of the driver is as it was', () => {
    const driver = faulty(memory(), { name: 'far', stream: true })
    const { name, scope, invalidations, close } = observed(driver, () => {})
    expect({ name, scope, invalidations, close }).toEqual({
      name: 'far',
      scope: 'shared',
      invalidations: driver.invalidations,
      close: driver.close,
    })
    const { entries: _, ...bare } = memory()
    expect(observed(bare, () => {})).not.toHaveProperty('entries')
  })
})
