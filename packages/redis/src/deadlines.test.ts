import { CacheError, codeOf } from '@jcache/driver'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Deadlines } from './deadlines.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const deadlines = () => new Deadlines(100, () => new CacheError('TIMEOUT', 'late'))

test('T5: each call waits for the same time, by one timer', async () => {
  const waiting = deadlines()
  const late: string[] = []
  const call = (name: string) => waiting.begin((error) => late.push(`${name} ${codeOf(error)}`))
  call('a')
  await vi.advanceTimersByTimeAsync(40)
  call('b')
  call('c')
  expect(vi.getTimerCount()).toBe(1)
  await vi.advanceTimersByTimeAsync(59)
  expect(late).toEqual([])
  await vi.advanceTimersByTimeAsync(2)
  expect(late).toEqual(['a TIMEOUT'])
  await vi.advanceTimersByTimeAsync(38)
  expect(late).toEqual(['a TIMEOUT'])
  await vi.advanceTimersByTimeAsync(3)
  expect(late).toEqual(['a TIMEOUT', 'b TIMEOUT', 'c TIMEOUT'])
  expect(vi.getTimerCount()).toBe(0)
})

test('S2: calls that have ended leave nothing', async () => {
  const waiting = deadlines()
  const fail = vi.fn()
  for (let at = 0; at < 1_000; at++) waiting.end(waiting.begin(fail))
  expect(waiting.size).toBe(0)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(fail).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})

test('T5: an answer that came while the process was busy is read first', () => {
  const waiting = deadlines()
  const fail = vi.fn()
  const call = waiting.begin(fail)
  // As it is after a busy time: the timer is due, the answer lies in the socket and is read after it.
  vi.advanceTimersToNextTimer()
  waiting.end(call)
  vi.runAllTimers()
  expect(fail).not.toHaveBeenCalled()
})

test('S2: idle waits for those that wait', async () => {
  const waiting = deadlines()
  await waiting.idle()
  const first = waiting.begin(() => {})
  waiting.begin(() => {})
  const idled = vi.fn()
  void waiting.idle().then(idled)
  waiting.end(first)
  await vi.advanceTimersByTimeAsync(50)
  expect(idled).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(60)
  expect(idled).toHaveBeenCalled()
})
