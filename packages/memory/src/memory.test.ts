import { string, commands as table } from '@jcache/driver'
import { expect, test, vi } from 'vitest'
import type { MemoryOptions } from './index.ts'
import { hashGroup, keyGroup, memory, memoryOf, stringGroup } from './index.ts'

const closed = expect.objectContaining({ code: 'CLOSED' })

test('K3: has every command there is, and memoryOf those of its groups', () => {
  expect(Object.keys(memory().commands).sort()).toEqual(Object.keys(table).sort())
  expect(Object.keys(memoryOf(stringGroup)().commands).sort()).toEqual(Object.keys(string).sort())
  expect(Object.keys(memoryOf(keyGroup, hashGroup)().commands)).toContain('hincrby')
  expect([memory().name, memory({ name: 'near' }).name, memory().scope]).toEqual(['memory', 'near', 'local'])
})

test('M2: holds no more keys than maxEntries, and tells which left', () => {
  const evicted: string[] = []
  const { commands, stats } = memory({ maxEntries: 100, onEvict: (key) => evicted.push(key) })
  for (let at = 0; at < 1_000; at++) commands.set(`k${at}`, 'v')
  expect(stats()).toMatchObject({ entries: 100, evictions: 900 })
  expect(evicted).toHaveLength(900)
  expect(evicted.filter((key) => commands.exists(key))).toEqual([])
})

test('M2: takes no more bytes than maxBytes, also where collections grow', () => {
  const { commands, stats } = memory({ maxBytes: '64kb' })
  for (let at = 0; at < 100; at++) {
    commands.rpush('list', 'x'.repeat(300))
    commands.hset('hash', [[`f${at}`, 'x'.repeat(300)]])
    commands.set(`k${at}`, 'x'.repeat(1_000))
    expect(stats().bytes).toBeLessThanOrEqual(65_536)
  }
  expect(stats().evictions).toBeGreaterThan(0)
})

test('M2: what alone is too big is evicted alone', () => {
  const evicted: string[] = []
  const { commands, stats } = memory({ maxBytes: 20_000, onEvict: (key) => evicted.push(key) })
  for (let at = 0; at < 50; at++) commands.set(`k${at}`, 'v')
  commands.set('k7', 'x'.repeat(20_000))
  commands.rpush('list', 'a')
  commands.rpush('list', 'x'.repeat(20_000))
  expect(evicted).toEqual(['k7', 'list'])
  expect(stats()).toMatchObject({ entries: 49, evictions: 2 })
})

test('after close everything fails with CLOSED, once and for all', async () => {
  const { commands, entries, close, stats } = memory()
  const { get, set } = commands
  set('k', 'v', { ttl: 10_000 })
  close()
  close()
  for (const call of [
    () => get('k'),
    () => set('k', 'v'),
    () => set('k', 'v', { at: 0 }),
    () => commands.mset([['k', 'v']]),
    () => commands.del('k'),
    () => commands.exists('k'),
    () => commands.ttl('k'),
    () => commands.rpush('k', 'v'),
    () => commands.lrange('k', 0, -1),
    () => commands.zadd('k', [['m', 1]]),
    () => entries.dump('k', 1),
    () => entries.load('k', { type: 'string', value: 'v', expiresAt: null }),
    () => entries.drop(['k']),
    () => entries.holds('k'),
    () => entries.clear(),
  ])
    expect(call).toThrow(closed)
  await expect(entries.scan()[Symbol.asyncIterator]().next()).rejects.toEqual(closed)
  expect(stats()).toMatchObject({ entries: 0, bytes: 0 })
})

test('S2: close leaves no timer', () => {
  vi.useFakeTimers()
  const { commands, close } = memory()
  commands.set('k', 'v', { ttl: 1_000 })
  void Promise.resolve(commands.blpop(['l'], 1_000)).catch(() => {})
  expect(vi.getTimerCount()).toBeGreaterThan(0)
  close()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

test.each([
  [{ name: '' }, 'name'],
  [{ name: 5 }, 'name'],
  [{ maxEntries: 0 }, 'maxEntries'],
  [{ maxEntries: 1.5 }, 'maxEntries'],
  [{ maxEntries: '1000' }, 'maxEntries'],
  [{ maxEntries: 2 ** 28 + 1 }, 'maxEntries'],
  [{ maxBytes: 0 }, 'maxBytes'],
  [{ maxBytes: '64MB' }, 'maxBytes'],
  [{ maxBytes: Number.NaN }, 'maxBytes'],
  [{ maxBytes: Number.POSITIVE_INFINITY }, 'maxBytes'],
  [{ now: 5 }, 'now'],
  [{ onEvict: 'log' }, 'onEvict'],
  [{ ttl: 5 }, 'ttl'],
  [{ constructor: 5 }, 'constructor'],
  [JSON.parse('{ "__proto__": 5 }'), '__proto__'],
] as [MemoryOptions, string][])('%j is refused, and %s named', (options, option) => {
  expect(() => memory(options)).toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringContaining(option) }),
  )
})

test('an option that is undefined has its default', () => {
  const options: object = { name: undefined, maxEntries: undefined, now: undefined, onEvict: undefined }
  expect(memory(options).name).toBe('memory')
})
