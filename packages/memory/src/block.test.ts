import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memory } from './memory.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('M6: blpop and brpop take at once where there is something, from the first such key', async () => {
  const { rpush, blpop, brpop, lrange } = memory().commands
  rpush('b', '1', '2', '3')
  rpush('c', '4')
  expect(await blpop(['a', 'b', 'c'], 0)).toEqual(['b', '1'])
  expect(await brpop(['a', 'b', 'c'], 1_000)).toEqual(['b', '3'])
  expect([lrange('b', 0, -1), vi.getTimerCount()]).toEqual([['2'], 0])
})

test('M6: a push answers its length before waiters are served, in the order they came', async () => {
  const { rpush, lpush, blpop, brpop, exists } = memory().commands
  const waits = [blpop(['k'], 0), brpop(['k'], 0), blpop(['k'], 0)]
  expect(rpush('k', 'a', 'b')).toBe(2)
  expect(lpush('k', 'c')).toBe(1)
  expect(await Promise.all(waits)).toEqual([
    ['k', 'a'],
    ['k', 'b'],
    ['k', 'c'],
  ])
  expect(exists('k')).toBe(0)
})

test('M6: several values pushed to the head are served as they lie', async () => {
  const { lpush, blpop } = memory().commands
  const waits = [blpop(['k'], 0), blpop(['k'], 0)]
  lpush('k', 'a', 'b')
  expect(await Promise.all(waits)).toEqual([
    ['k', 'b'],
    ['k', 'a'],
  ])
})

test('M6: a wait ends after its timeout, not before', async () => {
  const { blpop, rpush, llen } = memory().commands
  const answered = vi.fn()
  const wait = Promise.resolve(blpop(['k'], 5_000)).then(answered)
  await vi.advanceTimersByTimeAsync(4_999)
  expect(answered).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  await wait
  expect(answered).toHaveBeenCalledWith(null)
  rpush('k', 'late')
  expect(llen('k')).toBe(1)
})

test('M6: a signal that has aborted already takes nothing', async () => {
  const { rpush, blpop, llen } = memory().commands
  rpush('k', 'a')
  const reason = new Error('too late')
  await expect(blpop(['k'], 0, { signal: AbortSignal.abort(reason) })).rejects.toMatchObject({
    code: 'ABORTED',
    cause: reason,
  })
  expect(llen('k')).toBe(1)
})

test('M6: a key of another type is refused when asked, passed over when it becomes one', async () => {
  const { set, del, rpush, blpop, type } = memory().commands
  set('s', 'text')
  await expect(blpop(['none', 's'], 0)).rejects.toMatchObject({ code: 'WRONG_TYPE' })
  rpush('l', 'x')
  expect(await blpop(['l', 's'], 0)).toEqual(['l', 'x'])
  const wait = blpop(['k'], 0)
  set('k', 'text')
  expect(type('k')).toBe('string')
  del('k')
  rpush('k', 'value')
  expect(await wait).toEqual(['k', 'value'])
})

test('an entry that is loaded serves who waits for it', async () => {
  const { commands, entries } = memory()
  const wait = commands.blpop(['k'], 0)
  entries.load('k', { type: 'list', value: ['a', 'b'], expiresAt: null })
  expect([await wait, commands.lrange('k', 0, -1)]).toEqual([['k', 'a'], ['b']])
})

test('M6: close rejects who waits with CLOSED', async () => {
  const { commands, close } = memory()
  const wait = commands.blpop(['k'], 10_000)
  close()
  await expect(wait).rejects.toMatchObject({ code: 'CLOSED' })
  await expect(commands.blpop(['k'], 0)).rejects.toMatchObject({ code: 'CLOSED' })
  expect(vi.getTimerCount()).toBe(0)
})

test('M6: moves that wait hand on what comes, one after the other', async () => {
  const { rpush, blmove, blpop, exists } = memory().commands
  const moves = [
    blmove('a', 'b', 'left', 'right', 0),
    blmove('b', 'c', 'left', 'right', 0),
    blmove('c', 'a', 'left', 'right', 0),
  ]
  const popped = blpop(['a'], 0)
  expect(rpush('a', 'value')).toBe(1)
  expect(await Promise.all(moves)).toEqual(['value', 'value', 'value'])
  expect([await popped, exists('a', 'b', 'c')]).toEqual([['a', 'value'], 0])
})

test('M6: a move that waits is refused by a destination of another type, and the next is served', async () => {
  const { rpush, set, blmove, blpop, lrange } = memory().commands
  const refused = Promise.resolve(blmove('k', 'text', 'left', 'right', 0))
  const served = blpop(['k'], 0)
  set('text', 'text')
  rpush('k', 'a', 'b')
  await expect(refused).rejects.toMatchObject({ code: 'WRONG_TYPE' })
  expect([await served, lrange('k', 0, -1)]).toEqual([['k', 'a'], ['b']])
})
