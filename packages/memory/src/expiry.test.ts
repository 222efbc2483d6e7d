import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Expiry } from './expiry.ts'

const SECOND = 1_000
const DAY = 86_400 * SECOND
/** How late a slot may be cleared out: a tick of 32 ms, and a timer's rounding. */
const LATE = 35

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** An expiry on the fake clock, which may be set wrong by `error` milliseconds, and the slots it cleared out. */
function wheel() {
  const clock = { error: 0, jumped: false }
  const gone: number[] = []
  const now = () => Date.now() + clock.error
  const expiry = new Expiry(now, (slot) => gone.push(slot))
  return { clock, gone, now, expiry }
}

test('M3: clears out what has expired, soon and never early, as a naive model does, whatever the clock does', () => {
  const slot = fc.nat(15)
  const step = fc.oneof(
    fc.record({ what: fc.constant('set' as const), slot, ttl: fc.nat(200) }),
    fc.record({ what: fc.constant('set' as const), slot, ttl: fc.integer({ min: 1, max: 100 * DAY }) }),
    fc.record({ what: fc.constant('clear' as const), slot }),
    fc.record({ what: fc.constant('pass' as const), ms: fc.nat(300) }),
    fc.record({ what: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 3 * DAY }) }),
    fc.record({ what: fc.constant('jump' as const), ms: fc.integer({ min: -10 * DAY, max: 10 * DAY }) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      vi.clearAllTimers()
      const { clock, gone, now, expiry } = wheel()
      const model = new Map<number, number>()
      for (const step of steps) {
        if (step.what === 'set') {
          model.set(step.slot, now() + step.ttl + 1)
          expiry.set(step.slot, now() + step.ttl + 1)
        }
        if (step.what === 'clear') {
          model.delete(step.slot)
          expiry.set(step.slot, 0)
        }
        // What the clock leaps over, the timer learns when it goes off; what it makes late is still to come.
        if (step.what === 'jump') {
          clock.error += step.ms
          clock.jumped = true
        }
        if (step.what === 'pass') vi.advanceTimersByTime(step.ms)
        for (const slot of gone.splice(0)) {
          expect(model.get(slot)).toBeLessThanOrEqual(now())
          expect(expiry.at[slot]).toBe(0)
          model.delete(slot)
        }
        for (const [slot, at] of model) {
          expect(expiry.at[slot]).toBe(at)
          if (!clock.jumped) expect(at + LATE).toBeGreaterThan(now())
        }
        expect(vi.getTimerCount()).toBe(model.size === 0 ? 0 : 1)
      }
      // A clock that leapt ahead is found out within the hour.
      const last = Math.max(now(), ...model.values())
      vi.advanceTimersByTime(last - now() + 3_600 * SECOND)
      expect([...gone].sort()).toEqual([...model.keys()].sort())
      expect(vi.getTimerCount()).toBe(0)
    }),
    { numRuns: 300 },
  )
})

test('M3: is late by no more than a tick, however long the ttl', () => {
  const { gone, now, expiry } = wheel()
  const ttls = [1, 40, 80, 1_000, 3_600 * SECOND, 25 * DAY, 400 * DAY, 3_000 * DAY]
  const due = ttls.map((ttl) => now() + ttl)
  due.forEach((at, slot) => {
    expiry.set(slot, at)
  })
  due.forEach((at, slot) => {
    vi.advanceTimersByTime(at - now() - 1)
    expect(gone).not.toContain(slot)
    vi.advanceTimersByTime(LATE)
    expect(gone).toContain(slot)
  })
  expect(vi.getTimerCount()).toBe(0)
})

test('M3: without expiry there is no timer, with any number of them one', () => {
  const { expiry, now } = wheel()
  expect(vi.getTimerCount()).toBe(0)
  for (let slot = 0; slot < 16; slot++) expiry.set(slot, now() + slot * SECOND + 1)
  expect(vi.getTimerCount()).toBe(1)
  for (let slot = 0; slot < 16; slot++) expiry.set(slot, 0)
  expect(vi.getTimerCount()).toBe(0)
  expiry.set(3, now() + DAY)
  expiry.stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('M3: sleeps until there is something to do', () => {
  const { expiry, now } = wheel()
  const timers = vi.spyOn(globalThis, 'setTimeout')
  expiry.set(0, now() + DAY)
  vi.advanceTimersByTime(2 * DAY)
  expect(timers.mock.calls.length).toBeLessThan(60)
  timers.mockRestore()
})

test('M3: a ttl that is slid on and on costs no timer and clears out once', () => {
  const { expiry, now, gone } = wheel()
  for (let at = 0; at < 1_000; at++) {
    expiry.set(5, now() + SECOND)
    vi.advanceTimersByTime(500)
  }
  expect(gone).toEqual([])
  vi.advanceTimersByTime(500 + LATE)
  expect(gone).toEqual([5])
})

test('M3: many that expire at once go in turns, between which others run', () => {
  const { expiry, now, gone } = wheel()
  expiry.grow(100_000)
  for (let slot = 0; slot < 100_000; slot++) expiry.set(slot, now() + SECOND)
  let before = 0
  let most = 0
  const other = setInterval(() => {
    most = Math.max(most, gone.length - before)
    before = gone.length
  }, 1)
  vi.advanceTimersByTime(2 * SECOND)
  clearInterval(other)
  expect(gone.length).toBe(100_000)
  expect(most).toBeLessThan(5_000)
})

test('M3: slots survive growth', () => {
  const { expiry, now, gone } = wheel()
  for (let slot = 0; slot < 16; slot++) expiry.set(slot, now() + 100 + slot)
  expiry.grow(32)
  for (let slot = 16; slot < 32; slot++) expiry.set(slot, now() + 100 + slot)
  vi.advanceTimersByTime(200)
  expect(gone.sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, slot) => slot))
})

test('M3: a clock that starts in 1970 and is put right works on', () => {
  const { clock, expiry, now, gone } = wheel()
  clock.error = -Date.now()
  const early = new Expiry(now, (slot) => gone.push(slot))
  early.set(0, now() + SECOND)
  clock.error = 0
  early.set(1, now() + SECOND)
  early.set(2, now() + DAY)
  vi.advanceTimersByTime(SECOND + LATE)
  expect(gone.sort()).toEqual([0, 1])
  const timers = vi.spyOn(globalThis, 'setTimeout')
  vi.advanceTimersByTime(DAY + LATE)
  expect(gone.sort()).toEqual([0, 1, 2])
  expect(timers.mock.calls.length).toBeLessThan(60)
  timers.mockRestore()
  expiry.stop()
})

test('M3: a clock that is set back is followed within the hour, without more turns', () => {
  const { clock, expiry, now, gone } = wheel()
  expiry.set(0, now() + SECOND)
  vi.advanceTimersByTime(2 * SECOND)
  clock.error = -DAY
  expiry.set(1, now() + 3_600 * SECOND)
  expiry.set(2, now() + 2 * DAY)
  const timers = vi.spyOn(globalThis, 'setTimeout')
  vi.advanceTimersByTime(3_600 * SECOND + LATE)
  expect(gone).toEqual([0, 1])
  expiry.set(3, now() + SECOND)
  vi.advanceTimersByTime(SECOND + LATE)
  expect(gone).toEqual([0, 1, 3])
  vi.advanceTimersByTime(DAY)
  expect(timers.mock.calls.length).toBeLessThan(80)
  timers.mockRestore()
  expiry.stop()
})
