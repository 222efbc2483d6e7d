import type { Entry } from '@jcache/driver'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { stringGroup } from './index.ts'
import { memory, memoryOf } from './memory.ts'

const text = fc.string({ unit: 'binary', maxLength: 8 })
const field = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', '1', '😀'))
/** Without -0, which a sorted set keeps as 0. */
const score = fc.double({ noNaN: true }).map((double) => double + 0)

/** An entry of any type; what is a set (fields, members) has no duplicates. */
const entry: fc.Arbitrary<Entry> = fc
  .tuple(
    fc.option(fc.integer({ min: 2_000, max: 9_000 })),
    fc.oneof(
      text.map((value) => ({ type: 'string' as const, value })),
      fc.array(text, { minLength: 1 }).map((value) => ({ type: 'list' as const, value })),
      fc
        .uniqueArray(fc.tuple(field, text), { minLength: 1, selector: ([name]) => name })
        .map((value) => ({ type: 'hash' as const, value })),
      fc
        .uniqueArray(fc.tuple(field, score), { minLength: 1, selector: ([name]) => name })
        .map((value) => ({ type: 'zset' as const, value })),
    ),
  )
  .map(([expiresAt, content]) => ({ ...content, expiresAt }))

const now = () => 1_000

/** The pairs of a sorted set come in rank order, so they are compared as a Map. */
function comparable({ type, value, expiresAt }: Entry) {
  return type === 'zset' ? { type, expiresAt, value: new Map(value) } : { type, value, expiresAt }
}

test('an entry that is loaded is dumped as it was, and again from there', () => {
  fc.assert(
    fc.property(entry, entry, (before, given) => {
      const [one, two] = [memory({ now }), memory({ now })]
      one.entries.load('k', before)
      one.entries.load('k', given)
      const dumped = one.entries.dump('k', Number.POSITIVE_INFINITY)
      if (dumped === null || dumped === 'too-big') return expect.fail(`dumped ${dumped}`)
      expect(comparable(dumped)).toEqual(comparable(given))
      two.entries.load('k', dumped)
      expect(two.entries.dump('k', Number.POSITIVE_INFINITY)).toEqual(dumped)
      expect(two.stats()).toEqual(one.stats())
      expect(one.commands.type('k')).toBe(given.type)
    }),
  )
})

test('a dump is a copy', () => {
  const { commands, entries } = memory()
  commands.rpush('k', 'a')
  const dumped = entries.dump('k', 10)
  commands.rpush('k', 'b')
  expect(dumped).toEqual({ type: 'list', value: ['a'], expiresAt: null })
})

test('the limit counts the characters of all texts', () => {
  const { commands, entries } = memory()
  commands.set('string', '12345')
  commands.rpush('list', '12', '34', '5', 'x')
  commands.lpop('list')
  commands.lpush('list', '12')
  commands.rpop('list')
  commands.hset('hash', [
    ['1', '2'],
    ['3', '45'],
  ])
  commands.hset('hash', [['1', '2']])
  commands.zadd('zset', [
    ['12', 123],
    ['345', 4],
  ])
  for (const key of ['string', 'list', 'hash', 'zset']) {
    expect([key, entries.dump(key, 4)]).toEqual([key, 'too-big'])
    expect([key, entries.dump(key, 5)]).toEqual([key, expect.objectContaining({ type: key })])
  }
  expect(entries.dump('none', 5)).toBeNull()
})

test('load replaces what the key holds; a past expiry, and nothing to hold, remove it', () => {
  const { commands, entries } = memory({ now })
  for (const gone of [
    { type: 'string', value: 'new', expiresAt: 1_000 },
    { type: 'string', value: 'new', expiresAt: 0 },
    { type: 'list', value: ['a'], expiresAt: -5 },
    { type: 'list', value: [], expiresAt: null },
    { type: 'hash', value: [], expiresAt: 5_000 },
  ] satisfies Entry[]) {
    commands.set('k', 'old')
    entries.load('k', gone)
    expect(entries.holds('k')).toBe(false)
  }
})

test('drop and clear remove keys', () => {
  const { commands, entries, stats } = memory()
  commands.mset([
    ['a', '1'],
    ['b', '2'],
    ['c', '3'],
  ])
  entries.drop(['a', 'none'])
  expect([entries.holds('a'), entries.holds('b')]).toEqual([false, true])
  entries.clear()
  expect(stats()).toMatchObject({ entries: 0, bytes: 0 })
})

test('clear and scan go by a prefix, taken literally', async () => {
  const { commands, entries } = memory()
  for (const key of ['a*:1', 'a*:2', 'ab:1', 'b']) commands.set(key, 'v')
  const keys: string[] = []
  for await (const [key] of entries.scan('a*:')) keys.push(key)
  expect(keys).toEqual(['a*:1', 'a*:2'])
  entries.clear('a*')
  expect(commands.exists('a*:1', 'a*:2', 'ab:1', 'b')).toBe(2)
  entries.clear('')
  expect(commands.exists('ab:1', 'b')).toBe(0)
})

test('T9: the age of a copy is the time since it was loaded', () => {
  const clock = { ms: 1_000 }
  const { commands, entries } = memory({ now: () => clock.ms })
  entries.load('copy', { type: 'string', value: 'v', expiresAt: null })
  commands.set('own', 'v')
  clock.ms += 300
  expect([entries.age('copy'), entries.age('own'), entries.age('none')]).toEqual([300, null, null])
  commands.set('copy', 'written')
  expect(entries.age('copy')).toBeNull()
})

test('a tier without the type refuses the entry and keeps what it has', () => {
  const { commands, entries } = memoryOf(stringGroup)()
  commands.set('k', 'v')
  expect(() => entries.load('k', { type: 'list', value: ['a'], expiresAt: null })).toThrow(
    expect.objectContaining({ code: 'UNSUPPORTED' }),
  )
  expect(commands.get('k')).toBe('v')
})

test('M5: a scan yields what stays exactly once, whatever comes and goes, and ends', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(), fc.constantFrom('add', 'remove', 'overwrite', 'move')), { maxLength: 500 }),
      async (changes) => {
        const { commands, entries } = memory()
        for (let at = 0; at < 200; at++) {
          commands.set(`stays${at}`, 'v')
          commands.set(`goes${at}`, 'v')
        }
        const seen = new Map<string, number>()
        for await (const [key] of entries.scan()) {
          seen.set(key, (seen.get(key) ?? 0) + 1)
          for (const [nth, change] of changes.splice(-3)) {
            if (change === 'add') commands.set(`new${nth}`, 'v')
            if (change === 'remove') commands.del(`goes${nth % 200}`)
            if (change === 'overwrite') commands.set(`stays${nth % 200}`, 'other')
            if (change === 'move') {
              commands.del(`goes${nth % 200}`)
              commands.set(`goes${nth % 200}`, 'again')
            }
          }
        }
        for (let at = 0; at < 200; at++) expect([at, seen.get(`stays${at}`)]).toEqual([at, 1])
      },
    ),
    { numRuns: 50 },
  )
})

test('a scan ends though every key it yields is followed by another', async () => {
  const { commands, entries } = memory()
  commands.set('k0', 'v')
  const seen: string[] = []
  for await (const [key] of entries.scan()) {
    seen.push(key)
    commands.set(`k${seen.length}`, 'v')
  }
  expect(seen).toEqual(['k0'])
})

test('a scan passes over what has expired, and yields entries as dump does', async () => {
  const clock = { ms: 1_000 }
  const { commands, entries } = memory({ now: () => clock.ms })
  commands.set('short', 'v', { ttl: 10 })
  commands.hset('long', [['f', 'v']])
  commands.expire('long', 1_000)
  clock.ms += 10
  const found = []
  for await (const each of entries.scan()) found.push(each)
  expect(found).toEqual([['long', entries.dump('long', 10)]])
})

test('M5: a scan lets other work go on', async () => {
  const { commands, entries } = memory()
  for (let at = 0; at < 20_000; at++) commands.set(`k${at}`, 'v')
  commands.rpush('list', ...Array.from({ length: 5_000 }, String))
  const timers = vi.spyOn(globalThis, 'setTimeout')
  let seen = 0
  for await (const _ of entries.scan()) seen++
  expect(seen).toBe(20_001)
  expect(timers.mock.calls.length).toBeGreaterThanOrEqual(5)
  timers.mockRestore()
})

test('a scan of a tier that is closed meanwhile fails with CLOSED', async () => {
  const { commands, entries, close } = memory()
  commands.mset([
    ['a', '1'],
    ['b', '2'],
  ])
  const scan = entries.scan()[Symbol.asyncIterator]()
  await scan.next()
  close()
  await expect(scan.next()).rejects.toMatchObject({ code: 'CLOSED' })
})
