import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { after } from './timer.ts'

const DAY = 86_400_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('M3: a time beyond 24.8 days is kept', () => {
  const run = vi.fn()
  after(60 * DAY, run)
  vi.advanceTimersByTime(60 * DAY - 1)
  expect(run).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(run).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('S2: what is cancelled leaves no timer, also after the first 24.8 days', () => {
  const run = vi.fn()
  const cancel = after(60 * DAY, run)
  vi.advanceTimersByTime(30 * DAY)
  cancel()
  expect(vi.getTimerCount()).toBe(0)
  vi.advanceTimersByTime(60 * DAY)
  expect(run).not.toHaveBeenCalled()
})

test('S2: a timer keeps no process alive', () => {
  vi.useRealTimers()
  const timers = vi.spyOn(globalThis, 'setTimeout')
  const cancel = after(1_000, () => {})
  expect(timers.mock.results.map(({ value }) => value.hasRef())).toEqual([false])
  cancel()
  timers.mockRestore()
})
