import { CacheError, codeOf } from '@jcache/driver'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { settingsOf } from './options.ts'
import { pendingCalls } from './pending.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const never = () => new Promise<never>(() => {})
const explain = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

function calls(maxPending: number) {
  return pendingCalls(
    settingsOf({ commandTimeout: 100, maxPending }),
    () => new CacheError('TIMEOUT', 'late'),
  )
}

function settled(call: Promise<unknown>) {
  const outcome = { is: 'waiting' as unknown }
  call.then(
    (reply) => {
      outcome.is = reply
    },
    (error) => {
      outcome.is = codeOf(error) ?? error.message
    },
  )
  return outcome
}

describe('T5: no call waits for ever', () => {
  test('late calls fail, and their answers come to nothing', async () => {
    const { add } = calls(10)
    let answer: (reply: string) => void = () => {}
    const late = settled(
      add(
        () =>
          new Promise((resolve) => {
            answer = resolve
          }),
        explain,
      ),
    )
    await vi.advanceTimersByTimeAsync(99)
    expect(late.is).toBe('waiting')
    await vi.advanceTimersByTimeAsync(2)
    expect(late.is).toBe('TIMEOUT')
    answer('too late')
    await vi.advanceTimersByTimeAsync(0)
    expect(late.is).toBe('TIMEOUT')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('an answer that came while the process was busy counts', async () => {
    const { add } = calls(10)
    let answer: (reply: string) => void = () => {}
    const busy = settled(
      add(
        () =>
          new Promise((resolve) => {
            answer = resolve
          }),
        explain,
      ),
    )
    // As it is after a busy time: the timer is due, the answer lies in the socket and is read after it.
    vi.advanceTimersToNextTimer()
    answer('in time')
    await vi.advanceTimersByTimeAsync(1)
    expect(busy.is).toBe('in time')
  })

  test('what throws at once rejects', async () => {
    const { add, idle } = calls(10)
    const thrown = settled(
      add(() => {
        throw new Error('thrown')
      }, explain),
    )
    await idle()
    expect(thrown.is).toBe('thrown')
  })
})

describe('S2: no more calls wait than maxPending', () => {
  test('calls that were given up count until the server has answered', async () => {
    const { add } = calls(2)
    let answer: () => void = () => {}
    const first = settled(
      add(
        () =>
          new Promise<void>((resolve) => {
            answer = resolve
          }),
        explain,
      ),
    )
    settled(add(never, explain))
    await vi.advanceTimersByTimeAsync(200)
    expect(first.is).toBe('TIMEOUT')
    const refused = settled(add(async () => 'reply', explain))
    await vi.advanceTimersByTimeAsync(0)
    expect(refused.is).toBe('UNAVAILABLE')
    answer()
    await vi.advanceTimersByTimeAsync(0)
    const next = settled(add(async () => 'reply', explain))
    await vi.advanceTimersByTimeAsync(0)
    expect(next.is).toBe('reply')
  })

  test('idle waits for those that wait', async () => {
    const { add, idle } = calls(2)
    await idle()
    settled(add(never, explain))
    const over = settled(idle().then(() => 'idle'))
    await vi.advanceTimersByTimeAsync(50)
    expect(over.is).toBe('waiting')
    await vi.advanceTimersByTimeAsync(60)
    expect(over.is).toBe('idle')
  })
})
