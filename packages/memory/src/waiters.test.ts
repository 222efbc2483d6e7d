import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Waiters } from './waiters.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Waiters over the simplest of stores: how many things each key has. */
function store() {
  const stock = new Map<string, number>()
  const tries = { count: 0 }
  const waiters = new Waiters((key) => stock.has(key))
  const add = (key: string, count: number) => {
    if (count > 0) stock.set(key, count)
    else stock.delete(key)
    waiters.wake(key)
  }
  const take = (key: string) => {
    tries.count++
    const left = stock.get(key)
    if (left === undefined) return undefined
    add(key, left - 1)
    return key
  }
  return { add, take, waiters, stock, tries }
}

test('M6: one change serves as many as it can, longest first', async () => {
  const { add, take, waiters, stock } = store()
  const served: string[] = []
  const waits = ['first', 'second', 'third'].map((name) =>
    waiters.wait(['k'], take, 0).then((key) => served.push(`${name} ${key}`)),
  )
  add('k', 2)
  await Promise.all(waits.slice(0, 2))
  expect([served, stock.size]).toEqual([['first k', 'second k'], 0])
  add('k', 3)
  await Promise.all(waits)
  expect([served[2], stock.get('k')]).toEqual(['third k', 2])
})

test('M6: who waits for several keys is served once, from the first that is filled', async () => {
  const { add, take, waiters, stock } = store()
  const wait = waiters.wait(['a', 'b', 'a'], take, 0)
  add('b', 1)
  add('a', 1)
  expect([await wait, [...stock]]).toEqual(['b', [['a', 1]]])
})

test('M6: who cannot use what is there is passed over, and keeps its place', async () => {
  const { add, take, waiters } = store()
  const lazy = { willing: false }
  const first = waiters.wait(['k'], (key) => (lazy.willing ? take(key) : undefined), 0)
  const second = waiters.wait(['k'], take, 0)
  const third = waiters.wait(['k'], take, 0)
  add('k', 1)
  expect(await second).toBe('k')
  lazy.willing = true
  add('k', 1)
  expect(await first).toBe('k')
  add('k', 1)
  expect(await third).toBe('k')
})

test('M6: a key that is filled by the taking itself is served too, without deeper calls', async () => {
  const { add, take, waiters } = store()
  // As a move from list to list does: a thousand waits, each filling the next key.
  const waits = Array.from({ length: 10_000 }, (_, at) =>
    waiters.wait(
      [`k${at}`],
      (key) => {
        const taken = take(key)
        add(`k${at + 1}`, 1)
        return taken
      },
      0,
    ),
  )
  add('k0', 1)
  expect((await Promise.all(waits)).at(-1)).toBe('k9999')
})

test('a change asks no more waiters than there are things', () => {
  const { add, take, waiters, tries } = store()
  for (let at = 0; at < 1_000; at++) void waiters.wait(['k'], take, 0)
  add('k', 1)
  expect(tries.count).toBe(1)
})

test('M6: the timeout answers null, and takes nothing', async () => {
  const { add, take, waiters, stock } = store()
  const wait = waiters.wait(['k'], take, 1_000)
  vi.advanceTimersByTime(1_000)
  add('k', 1)
  expect([await wait, stock.get('k'), vi.getTimerCount()]).toEqual([null, 1, 0])
})

test('M6: abort rejects with the reason as cause, and takes nothing', async () => {
  const { add, take, waiters, stock } = store()
  const abort = new AbortController()
  const wait = waiters.wait(['k'], take, 0, abort.signal)
  const reason = new Error('enough')
  abort.abort(reason)
  add('k', 1)
  await expect(wait).rejects.toMatchObject({ code: 'ABORTED', cause: reason })
  expect(stock.get('k')).toBe(1)
})

test('M6: close rejects whoever waits', async () => {
  const { take, waiters } = store()
  const waits = [waiters.wait(['a', 'b'], take, 0), waiters.wait(['b'], take, 1_000)]
  waiters.close()
  for (const wait of waits) await expect(wait).rejects.toMatchObject({ code: 'CLOSED' })
  expect(vi.getTimerCount()).toBe(0)
})

test.each(['served', 'timed out', 'aborted', 'closed'])(
  'S2: nothing is left of a wait that was %s',
  async (how) => {
    const { add, take, waiters } = store()
    const abort = new AbortController()
    const added = vi.spyOn(abort.signal, 'addEventListener')
    const removed = vi.spyOn(abort.signal, 'removeEventListener')
    const wait = waiters.wait(['k', 'other'], take, 1_000, abort.signal).catch(() => {})
    if (how === 'served') add('k', 1)
    if (how === 'timed out') vi.advanceTimersByTime(1_000)
    if (how === 'aborted') abort.abort()
    if (how === 'closed') waiters.close()
    await wait
    expect([waiters.size, vi.getTimerCount()]).toEqual([0, 0])
    expect(removed.mock.calls).toEqual(added.mock.calls)
    expect(added).toHaveBeenCalledTimes(1)
  },
)
