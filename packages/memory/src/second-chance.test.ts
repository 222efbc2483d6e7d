import { describe, expect, test } from 'vitest'
import { leanMemoryOf, stringGroup } from './index.ts'
import { secondChance } from './second-chance.ts'

describe('M2: second chance', () => {
  test('takes the slots in turn, and spares once what was hit', () => {
    const policy = secondChance()
    for (const slot of [0, 1, 2, 3]) policy.add(slot, '')
    policy.hit(0)
    policy.hit(2)
    const left: number[] = []
    while (left.length < 4) {
      const victim = policy.victim(-1)
      policy.remove(victim)
      left.push(victim)
    }
    expect(left).toEqual([1, 3, 0, 2])
  })

  test('does not take the slot to be kept while there are others', () => {
    const policy = secondChance()
    for (const slot of [0, 1]) policy.add(slot, '')
    expect(policy.victim(0)).toBe(1)
    policy.remove(1)
    expect(policy.victim(0)).toBe(0)
  })

  test('grows without forgetting', () => {
    const policy = secondChance()
    for (let slot = 0; slot < 16; slot++) policy.add(slot, '')
    for (let slot = 1; slot < 16; slot++) policy.hit(slot)
    policy.grow(32)
    expect(policy.victim(-1)).toBe(0)
  })
})

describe('a lean memory tier', () => {
  test('M2: stays within its bounds and keeps what is read', () => {
    const { commands, stats } = leanMemoryOf(stringGroup)({ maxEntries: 100 })
    commands.set('kept', 'text')
    for (let at = 0; at < 1_000; at++) {
      commands.set(`key:${at}`, 'text')
      expect(commands.get('kept')).toBe('text')
    }
    expect(stats()).toMatchObject({ entries: 100, evictions: 901 })
  })

  test('M3: expires exactly on read, without a timer', () => {
    let now = 1_000
    const { commands, stats } = leanMemoryOf(stringGroup)({ now: () => now })
    commands.set('key', 'text', { ttl: 100 })
    now += 99
    expect(commands.get('key')).toBe('text')
    now += 1
    expect(stats().entries).toBe(1)
    expect(commands.get('key')).toBeNull()
    expect(stats()).toMatchObject({ entries: 0, expirations: 1 })
  })

  test('M1: takes no more keys than one Map can hold', () => {
    expect(() => leanMemoryOf(stringGroup)({ maxEntries: 2 ** 24 })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    )
  })

  test('S2: ends with close', () => {
    const driver = leanMemoryOf(stringGroup)()
    driver.close()
    expect(() => driver.commands.get('key')).toThrow(expect.objectContaining({ code: 'CLOSED' }))
  })
})
