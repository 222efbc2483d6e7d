import { type Commands, codeOf, commands as table } from '@jcache/driver'
import fc from 'fast-check'
import { Cluster } from 'ioredis'
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { ask } from '../../../scripts/servers/cluster.ts'
import { sharedSet } from '../../../scripts/servers/shared.ts'
import { redis } from './index.ts'
import { keySlot } from './key-slot.ts'

const cluster = await sharedSet('cluster')
const urls = cluster?.urls ?? []
/** What is slow under load is not wrong. */
const patient = { commandTimeout: '10s' } as const

let driver: ReturnType<typeof redis>
let key: string
let tests = 0

beforeAll(() => {
  if (!cluster) return
  driver = redis(urls, patient)
  return () => driver.close?.()
})
beforeEach(() => {
  key = `cluster:${process.pid}:${tests++}`
})

function entries() {
  if (!driver.entries) throw new Error('the driver has no entries')
  return driver.entries
}

/** Keys of all nodes. */
const keys = (count: number) => Array.from({ length: count }, (_, at) => `${key}:${at}`)

const errorOf = (call: unknown) =>
  Promise.resolve(call).then(
    () => undefined,
    (error: unknown) => error,
  )

/** Asks every node, outside of the driver. */
const each = (word: string, ...words: string[]) =>
  Promise.all(urls.map((url) => ask({ url }, word, ...words)))

describe.skipIf(!cluster)('R1: keys of all slots', () => {
  test('have the slot that the server says', async () => {
    const [url = ''] = urls
    for (const each of fc.sample(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' })), {
      numRuns: 50,
      seed: 1,
    }))
      expect([each, await ask({ url }, 'CLUSTER', 'KEYSLOT', each)]).toEqual([each, keySlot(each)])
  })

  test('texts are set and read by one call, in the order of the keys', async () => {
    const all = keys(50)
    expect(await driver.commands.mset(all.map((each) => [each, `text of ${each}`]))).toBe(undefined)
    const asked = [...all, `${key}:none`, ...all.slice(10, 20)]
    expect(await driver.commands.mget(...asked)).toEqual(
      asked.map((each) => (each.endsWith('none') ? null : `text of ${each}`)),
    )
  })

  test('are counted and removed by one call', async () => {
    const { commands } = driver
    const all = keys(30)
    await commands.mset(all.map((each) => [each, 'text']))
    expect(await commands.exists(...all, `${key}:none`, all[0] ?? '')).toBe(31)
    expect(await commands.touch(...all)).toBe(30)
    expect(await commands.del(...all.slice(0, 10), `${key}:none`)).toBe(10)
    expect(await commands.unlink(...all)).toBe(20)
    expect(await commands.exists(...all)).toBe(0)
  })

  test('a failure of one part is the failure of the call', async () => {
    const { commands } = driver
    const all = keys(10)
    await each(
      'ACL',
      'SETUSER',
      'reads',
      'on',
      '>pass',
      '~*',
      '-@all',
      '+mget',
      '+cluster|slots',
      '+cluster|info',
      '+info',
      '+hello',
    )
    await ask({ url: urls[0] ?? '' }, 'ACL', 'SETUSER', 'reads', '-mget')
    onTestFinished(async () => void (await each('ACL', 'DELUSER', 'reads')))
    await commands.mset(all.map((each) => [each, 'text']))
    const limited = redis({ nodes: urls, redisOptions: { username: 'reads', password: 'pass' } }, patient)
    onTestFinished(() => limited.close?.())
    expect(await errorOf(limited.commands.mget(...all))).toMatchObject({ code: 'UNSUPPORTED' })
  })
})

/** Arguments with two keys of different slots, for every command that takes more than one key and must have them in one slot. */
const together: readonly (readonly [keyof Commands, unknown[]])[] = [
  ['rename', ['a', 'b']],
  [
    'msetnx',
    [
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
  ],
  ['lmove', ['a', 'b', 'left', 'right']],
  ['rpoplpush', ['a', 'b']],
  ['blmove', ['a', 'b', 'left', 'right', 0]],
  ['blpop', [['a', 'b'], 0]],
  ['brpop', [['a', 'b'], 0]],
  ['smove', ['a', 'b', 'm']],
  ['sinter', ['a', 'b']],
  ['sunion', ['a', 'b']],
  ['sdiff', ['a', 'b']],
  ['sinterstore', ['a', 'b']],
  ['sunionstore', ['a', 'b']],
  ['sdiffstore', ['a', 'b']],
  ['bzpopmin', [['a', 'b'], 0]],
  ['bzpopmax', [['a', 'b'], 0]],
  ['zunionstore', ['a', ['a', 'b']]],
  ['zinterstore', ['a', ['b', 'c']]],
]

describe.skipIf(!cluster)('R1: keys that have to be in one slot', () => {
  test.each(together)(
    '%s refuses others before anything is sent, and says what to do',
    async (name, args) => {
      const call = driver.commands[name] as (...args: unknown[]) => unknown
      const error = await errorOf(call(...args))
      expect(codeOf(error)).toBe('INVALID_ARGUMENT')
      expect(String(error)).toMatch(new RegExp(`${name} "a": CROSSSLOT: "[bc]" .* hash tag`))
    },
  )

  test('no command of more than one key is missing here', () => {
    const several = Object.entries(table)
      .filter(
        ([, { args }]) =>
          args.filter((fact) => typeof fact === 'string' && /^(\.\.\.)?key/.test(fact)).length > 1 ||
          args.some((fact) => /^(\.\.\.key|keys|keyed)$/.test(String(fact))),
      )
      .filter(([, row]) => !('separable' in row && row.separable))
    expect(several.map(([name]) => name).sort()).toEqual(together.map(([name]) => name).sort())
  })

  test('work with a hash tag', async () => {
    const { commands } = driver
    const [one, two] = [`{${key}}:a`, `{${key}}:b`]
    await commands.rpush(one, 'x', 'y')
    expect(await commands.lmove(one, two, 'left', 'right')).toBe('x')
    expect(await commands.blpop([`{${key}}:none`, two], 1_000)).toEqual([two, 'x'])
    await commands.rename(one, two)
    expect(await commands.llen(two)).toBe(1)
  })
})

describe.skipIf(!cluster)('R3: whole keys of all nodes', () => {
  test('are dumped, loaded and dropped', async () => {
    const all = keys(40)
    const entry = { type: 'set', value: ['a'], expiresAt: null } as const
    await Promise.all(all.map((each) => entries().load(each, entry)))
    expect(await Promise.all(all.map((each) => entries().dump(each, 100)))).toEqual(all.map(() => entry))
    await entries().drop(all)
    expect(await Promise.all(all.map((each) => entries().dump(each, 100)))).toEqual(all.map(() => null))
  })

  test('scripts come anew to each node that has lost them', async () => {
    const all = keys(12)
    await driver.commands.mset(all.map((each) => [each, 'text']))
    for (let round = 0; round < 2; round++) {
      await each('SCRIPT', 'FLUSH')
      const found = await Promise.all(all.map((each) => entries().dump(each, 100)))
      expect(found).toEqual(all.map(() => ({ type: 'string', value: 'text', expiresAt: null })))
    }
  })

  test('are scanned and cleared by a prefix', async () => {
    const all = keys(300)
    await driver.commands.mset(all.map((each) => [each, 'text']))
    const found: string[] = []
    for await (const [each] of entries().scan(`${key}:`)) found.push(each)
    expect(found.sort()).toEqual([...all].sort())
    await entries().clear(`${key}:`)
    expect(await driver.commands.exists(...all)).toBe(0)
  })

  test('scan meets the keys of all nodes, page by page', async () => {
    const all = keys(300)
    await driver.commands.mset(all.map((each) => [each, 'text']))
    const met = new Set<string>()
    let cursor = '0'
    let pages = 0
    do {
      const [next, some] = await driver.commands.scan(cursor, { match: `${key}:*`, count: 100 })
      for (const each of some) met.add(each)
      cursor = next
      pages++
    } while (cursor !== '0')
    expect([...met].sort()).toEqual([...all].sort())
    expect(pages).toBeGreaterThanOrEqual(3)
    // A cursor of a node that has gone goes on with one that is there.
    expect((await driver.commands.scan(String(2n ** 62n + 32_767n)))[0]).toBe('0')
  })
})

describe.skipIf(!cluster)('R4: blocking commands', () => {
  test('wait at the node of their key, within one bound for all nodes', async () => {
    const own = redis(urls, { ...patient, name: 'bounded', blockingConnections: 2 })
    onTestFinished(() => own.close?.())
    const lists = keys(9)
    const blocked = async () =>
      (await each('INFO', 'clients')).reduce<number>(
        (sum, text) => sum + Number(/blocked_clients:(\d+)/.exec(String(text))?.[1]),
        0,
      )
    const before = await blocked()
    const waiting = lists.map((list) => own.commands.blpop([list], 20_000))
    await vi.waitFor(async () => expect((await blocked()) - before).toBe(2), 10_000)
    for (const list of lists) await own.commands.rpush(list, 'a')
    expect(await Promise.all(waiting)).toEqual(lists.map((list) => [list, 'a']))
  })
})

describe.skipIf(!cluster)('K5: a node of a cluster taken for a server alone', () => {
  test('says what to do', async () => {
    const alone = redis(urls[0] ?? '', patient)
    onTestFinished(() => alone.close?.())
    const errors = await Promise.all(keys(10).map((each) => errorOf(alone.commands.get(each))))
    const moved = errors.filter((error) => error !== undefined)
    expect(moved.length).toBeGreaterThan(0)
    for (const error of moved) {
      expect(codeOf(error)).toBe('UNAVAILABLE')
      expect(String(error)).toMatch(/MOVED .*give several URLs/)
    }
  })
})

describe.skipIf(!cluster)('R1: a Cluster of yours', () => {
  test('is used, and left as it was', async () => {
    const yours = new Cluster([...urls], { lazyConnect: true })
    onTestFinished(() => yours.disconnect())
    await yours.connect()
    const listeners = yours.eventNames().map((name) => [name, yours.listenerCount(name)])
    const own = redis(yours, patient)
    expect(await own.commands.set(key, 'text')).toBe(true)
    expect(await own.commands.mget(...keys(5))).toEqual([null, null, null, null, null])
    expect(await own.commands.blpop([`${key}:list`], 1)).toBe(null)
    await own.close?.()
    expect(codeOf(await errorOf(own.commands.get(key)))).toBe('CLOSED')
    expect(await yours.get(key)).toBe('text')
    expect(yours.eventNames().map((name) => [name, yours.listenerCount(name)])).toEqual(listeners)
  })
})
