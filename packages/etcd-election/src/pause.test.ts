import { expect, test } from 'vitest'
import { Bell } from './bell.ts'
import { Backoff, pause } from './pause.ts'

test('E3: waits grow to their limit, are never the same, and begin anew after a success', () => {
  const backoff = new Backoff(50, 1_000)
  const waits = Array.from({ length: 50 }, () => backoff.next())
  for (const [at, wait] of waits.entries()) {
    const ceiling = Math.min(1_000, 50 * 2 ** at)
    expect(wait).toBeGreaterThanOrEqual(ceiling / 2)
    expect(wait).toBeLessThanOrEqual(ceiling)
  }
  expect(new Set(waits).size).toBe(50)
  backoff.reset()
  expect(backoff.next()).toBeLessThanOrEqual(50)
})

test('a pause ends with its signal', async () => {
  const [ending, other] = [new AbortController(), new AbortController()]
  const waiting = pause(3_600_000, [other.signal, ending.signal])
  ending.abort()
  expect(await waiting).toBe(false)
  expect(await pause(1, ending.signal)).toBe(false)
  expect(await pause(1, new AbortController().signal, true)).toBe(true)
})

test('a bell that rang while nobody listened is heard once', async () => {
  const bell = new Bell()
  const ending = new AbortController()
  bell.ring()
  bell.ring()
  await bell.next(ending.signal)
  let heard = false
  const next = bell.next(ending.signal).then(() => {
    heard = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(heard).toBe(false)
  bell.ring()
  await next
  ending.abort()
  await bell.next(ending.signal)
})
