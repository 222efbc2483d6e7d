import { expect, test, vi } from 'vitest'
import { shutDown } from './shut-down.ts'

/** A server that is down only when it was forced so often. */
function server(times: number) {
  let down: (() => void) | undefined
  const forceShutdown = vi.fn(() => {
    if (forceShutdown.mock.calls.length >= times) down?.()
  })
  const tryShutdown = (callback: () => void) => {
    down = callback
  }
  return { tryShutdown, forceShutdown }
}

test('D10: what came in at the last moment is ended too', async () => {
  const late = server(3)
  await shutDown(late)
  expect(late.forceShutdown).toHaveBeenCalledTimes(3)
})

test('S1: what cannot be ended is not waited for, and nothing goes on afterwards', async () => {
  vi.useFakeTimers()
  const stubborn = server(Number.POSITIVE_INFINITY)
  const over = shutDown(stubborn)
  await vi.advanceTimersByTimeAsync(1_000)
  await over
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})
