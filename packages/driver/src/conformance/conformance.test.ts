import { readFile } from 'node:fs/promises'
import { conformance as published } from '@jcache/driver/conformance'
import { describe, expect, test, vi } from 'vitest'
import { checkOf } from '../check.ts'
import { commands } from '../commands/index.ts'
import { CacheError } from '../errors.ts'
import { conformance } from './conformance.ts'
import type { AnyClient, AnyDriver } from './subject.ts'
import { tiny } from './tiny.fixture.ts'

describe('K6: tiny', () => {
  for (const { name, run } of published({ create: () => tiny() })) test(name, run)
})

test('the driver that the docs show is this one', async () => {
  const at = (path: string) => readFile(new URL(path, import.meta.url), 'utf8')
  expect(await at('../../../../docs/write-a-driver.md')).toContain(await at('./tiny.fixture.ts'))
})

/** Runs the kit as a runner would, without its report. */
async function played(create: () => AnyDriver | AnyClient) {
  const failed = new Map<string, string>()
  const skipped: string[] = []
  for (const { name, run } of conformance({ create })) {
    await run({ skip: () => skipped.push(name) }).catch((error: Error) => failed.set(name, error.message))
  }
  return { failed, skipped }
}

/** Tiny with some commands replaced. */
function tinyBut(
  change: (commands: ReturnType<typeof tiny>['commands']) => AnyDriver['commands'],
): AnyDriver {
  const driver = tiny()
  return { ...driver, commands: { ...driver.commands, ...change(driver.commands) } }
}

/** Tiny as a client: async methods that check their arguments. */
function clientOfTiny(): AnyClient & Record<'get', (...args: unknown[]) => Promise<string | null>> {
  const { commands: c } = tiny()
  const check = checkOf('get', commands.get)
  return {
    get: async (...args) => c.get(String(check(args)[0])),
    set: async (key, text) => c.set(key, text) as never,
  }
}

describe('K6: the kit finds what is wrong', () => {
  test.each<[wrong: string, create: () => AnyDriver | AnyClient, found: string]>([
    [
      'an empty text is taken for none',
      () => tinyBut(({ get }) => ({ get: async (key) => (await get(key)) || null })),
      'get: tells an empty text from none',
    ],
    [
      'an absent key is an empty text',
      () => tinyBut(({ get }) => ({ get: async (key) => (await get(key)) ?? '' })),
      'get: answers null without key',
    ],
    [
      'a ttl is taken for seconds',
      () => tinyBut(({ expire }) => ({ expire: (key, ttl) => expire(key, ttl * 1_000) })),
      'expire: sets the time that is left, in milliseconds',
    ],
    [
      'a ttl is forgotten',
      () => tinyBut(({ set }) => ({ set: (key, text, { ttl, ...options } = {}) => set(key, text, options) })),
      'set: takes a ttl',
    ],
    [
      'nx is forgotten',
      () => tinyBut(({ set }) => ({ set: (key, text, { nx, ...options } = {}) => set(key, text, options) })),
      'set: leaves the key with nx',
    ],
    [
      'missing keys are counted',
      () => tinyBut(({ del }) => ({ del: (...keys) => del(...keys) && keys.length })),
      'del: removes the keys and answers how many existed',
    ],
    [
      'a key named __proto__ is lost',
      () => {
        const texts: Record<string, string> = {}
        const set = (key: string, text: string) => Boolean(Object.assign(texts, { [key]: text }))
        return { name: 'record', scope: 'local', commands: { set, get: (key) => texts[key] ?? null } }
      },
      'awkward: __proto__ is a key',
    ],
    [
      'texts are cut at NUL',
      () => tinyBut(({ get }) => ({ get: async (key) => (await get(key))?.split('\0')[0] ?? null })),
      'awkward: NUL is a text',
    ],
    [
      'a text is answered as a number',
      () => tinyBut(({ get }) => ({ get: async (key) => (await get(key))?.replace(/^0+/, '') ?? null })),
      'get: answers a number as the text that it was',
    ],
    [
      'a name is no command',
      () => tinyBut(() => Object.fromEntries([['hgetAll', () => ({})]])),
      'offer: at least one command, and a driver no unknown one',
    ],
    ['nothing is offered', () => ({}), 'offer: at least one command, and a driver no unknown one'],
    [
      'a client throws instead of rejecting',
      () => {
        const check = checkOf('get', commands.get)
        const client = clientOfTiny()
        return { ...client, get: (key: string) => client.get(...check([key])) }
      },
      'get: bad arguments are refused and change nothing',
    ],
    [
      'a client answers at once',
      () => ({ ...clientOfTiny(), get: () => null as never }),
      'get: answers null without key',
    ],
    [
      'a client lets bad arguments through',
      () => ({ ...clientOfTiny(), get: async () => null }),
      'get: bad arguments are refused and change nothing',
    ],
    [
      'a closed driver goes on',
      () => ({ ...tiny(), close: () => {} }),
      'close: later calls and waiting pops fail with CLOSED',
    ],
  ])('%s', async (_, create, found) => {
    const finds = conformance({ create }).find(({ name }) => name === found)
    await expect(finds?.run()).rejects.toMatchObject({ name: 'AssertionError' })
  })

  test('the kit passes what is right', async () => {
    expect((await played(tiny)).failed).toEqual(new Map())
  })
})

describe('K6: what is not offered is skipped, and nothing else', () => {
  test('the runner is told', async () => {
    const { skipped } = await played(tiny)
    expect(skipped).toContain('hincrby: adds to the integer in the field')
    expect(skipped).toContain('hincrby: bad arguments are refused and change nothing')
    expect(skipped).toContain('entries: dump answers the whole key (string)')
    const offered = Object.keys(tiny().commands)
    for (const name of offered) {
      const mine = conformance({ create: tiny }).filter((each) => each.name.startsWith(`${name}: `))
      expect(mine.filter((each) => !skipped.includes(each.name)).length, name).toBeGreaterThanOrEqual(3)
    }
  })

  test('a runner without skip is left alone', async () => {
    const kit = conformance({ create: tiny })
    const hincrby = kit.find(({ name }) => name.startsWith('hincrby'))
    await expect(hincrby?.run()).resolves.toBeUndefined()
    await expect(hincrby?.run(() => {})).resolves.toBeUndefined()
  })
})

describe('K6: cases for any runner', () => {
  const kit = conformance({ create: tiny })

  test('names are unique, and every command has three cases or more', () => {
    expect(new Set(kit.map(({ name }) => name)).size).toBe(kit.length)
    const all = [...kit, ...conformance({ create: tiny, groups: ['server'] })]
    for (const name of Object.keys(commands))
      expect(all.filter((each) => each.name.startsWith(`${name}: `)).length, name).toBeGreaterThanOrEqual(3)
  })

  test('run names no parameter, which runners would take for a callback', () => {
    expect(kit.every(({ run }) => run.length === 0)).toBe(true)
  })

  test('the subject is made once, by the first case', async () => {
    const create = vi.fn(async () => tiny())
    const [first, second] = conformance({ create })
    expect(create).not.toHaveBeenCalled()
    await Promise.all([first?.run(), second?.run(), first?.run()])
    expect(create).toHaveBeenCalledOnce()
  })

  test('a subject that cannot be made fails every case', async () => {
    const create = () => Promise.reject(new CacheError('UNAVAILABLE', 'no server'))
    for (const { run } of conformance({ create }).slice(0, 3))
      await expect(run()).rejects.toThrow('no server')
  })

  test('groups are parts of the kit', () => {
    const parts = conformance({ create: tiny, groups: ['hash'] }).map(({ name }) => name.split(':')[0])
    expect(parts).toContain('hincrby')
    expect(parts).not.toContain('lpush')
  })

  test('the keys of others are safe: flushall is called only where its group is named', async () => {
    const flushall = vi.fn(() => {})
    const create = () => tinyBut(() => ({ flushall }))
    await played(create)
    expect(flushall).not.toHaveBeenCalled()
    for (const { run } of conformance({ create, groups: ['server'] })) await run().catch(() => {})
    expect(flushall).toHaveBeenCalled()
  })

  test('nothing is left behind but names that expire', async () => {
    const left = new Set<string>()
    await played(() =>
      tinyBut(({ set, del }) => ({
        set: (key, text, options) => {
          left.add(key)
          return set(key, text, options)
        },
        del: (...keys) => {
          for (const key of keys) left.delete(key)
          return del(...keys)
        },
      })),
    )
    expect([...left].filter((key) => key.startsWith('{jcache:'))).toHaveLength(0)
  })
})
