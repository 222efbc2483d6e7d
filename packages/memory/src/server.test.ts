import { expect, test, vi } from 'vitest'
import { memory } from './memory.ts'

function at(start = 1_000) {
  const clock = { ms: start }
  const { commands, stats, entries } = memory({ now: () => clock.ms })
  return { ...commands, clock, stats, entries }
}

test('a key picked at random is any of them, about as often', () => {
  const { set, randomkey } = at()
  for (let n = 0; n < 10; n++) set(`k${n}`, 'v')
  const picked = new Map<unknown, number>()
  for (let n = 0; n < 10_000; n++) {
    const key = randomkey()
    picked.set(key, (picked.get(key) ?? 0) + 1)
  }
  expect([...picked.keys()].sort()).toEqual(Array.from({ length: 10 }, (_, n) => `k${n}`))
  for (const times of picked.values()) expect(times).toBeGreaterThan(500)
})

test.each([0, 0.5, 0.999])('a key is found among slots that are free, chance says %d', (chance) => {
  const { set, del, randomkey } = at()
  for (let n = 0; n < 1_000; n++) set(`k${n}`, 'v')
  for (let n = 0; n < 1_000; n++) if (n !== 300) del(`k${n}`)
  const random = vi.spyOn(Math, 'random').mockReturnValue(chance)
  expect(randomkey()).toBe('k300')
  random.mockRestore()
})

test('M3: what has expired is not picked', () => {
  const { set, randomkey, dbsize, clock } = at()
  for (let n = 0; n < 100; n++) set(`k${n}`, 'v', { ttl: 10 })
  set('stays', 'v')
  clock.ms += 10
  expect(new Set(Array.from({ length: 50 }, () => randomkey()))).toEqual(new Set(['stays']))
  expect(dbsize()).toBeGreaterThanOrEqual(1)
})

test('flushall leaves nothing, and those who wait go on waiting', async () => {
  const { set, rpush, blpop, flushall, dbsize, randomkey, stats } = at()
  set('k', 'v', { ttl: 10 })
  const popped = blpop(['l'], 0)
  flushall()
  expect([dbsize(), randomkey(), stats()]).toEqual([
    0,
    null,
    expect.objectContaining({ entries: 0, bytes: 0 }),
  ])
  rpush('l', 'v')
  expect(await popped).toEqual(['l', 'v'])
})

test('after close all keys are closed too', () => {
  const { commands, close } = memory()
  close()
  for (const call of [commands.dbsize, commands.randomkey, commands.flushall])
    expect(() => call()).toThrow(expect.objectContaining({ code: 'CLOSED' }))
})
