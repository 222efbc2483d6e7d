import { type AnyTable, commands, type Driver, type Invalidation, type StringCommands } from '@jcache/driver'
import { memory } from '@jcache/memory'
import { describe, expect, test } from 'vitest'
import { createClient } from './client.ts'
import { faulty } from './faulty.fixture.ts'
import { createStringClient } from './narrow.ts'
import { prefixed } from './prefixed.ts'

describe('prefixed', () => {
  test('every key is under the prefix, in any place of the arguments', async () => {
    const below = memory()
    const client = createClient([prefixed(below, 'app:')])
    await client.set('a', '1')
    await client.mset({ b: '2', c: '3' })
    expect(await client.mget('a', 'b', 'c')).toEqual(['1', '2', '3'])
    expect(below.commands.mget('app:a', 'app:b', 'app:c', 'a')).toEqual(['1', '2', '3', null])
    expect(await client.del('a', 'b')).toBe(2)
    expect(below.commands.exists('app:a', 'app:b', 'app:c')).toBe(1)
  })

  test('keys in answers come without it', async () => {
    const below = memory()
    const client = createClient([prefixed(below, 'app:')])
    below.commands.rpush('app:l', 'v')
    expect(await client.blpop(['none', 'l'], 5)).toEqual(['l', 'v'])
    expect(await client.blpop('none', 5)).toBe(null)
  })

  test('answers without keys come as they are, though they look like them', async () => {
    const client = createClient([prefixed(memory(), 'app:')])
    await client.rpush('app:', 'app:app:', 'x')
    expect(await client.lrange('app:', 0, -1)).toEqual(['app:app:', 'x'])
    expect(await client.lpop('app:', 1)).toEqual(['app:app:'])
  })

  test('a scan walks the keys under it alone, whatever the prefix looks like', async () => {
    const below = memory()
    const client = createClient([prefixed(below, 'a[*]?\\')])
    below.commands.set('ab*', 'other')
    below.commands.set('a[*]', 'other')
    await client.mset({ b: '1', bc: '2', d: '3' })
    const keys = async (options?: Parameters<typeof client.scan>[1]) => {
      const [cursor, found] = await client.scan('0', options)
      return [cursor, found.sort()]
    }
    expect(await keys()).toEqual(['0', ['b', 'bc', 'd']])
    expect(await keys({ match: 'b*', type: 'string' })).toEqual(['0', ['b', 'bc']])
    expect(await keys({ match: '?', count: 100 })).toEqual(['0', ['b', 'd']])
    expect(await keys({ type: 'list' })).toEqual(['0', []])
    expect((await client.scan('0', { count: 2 }))[0]).not.toBe('0')
  })

  test('commands on all keys are left out: they would meet those of others', () => {
    const driver = prefixed(memory(), 'app:')
    const client = createClient([driver])
    const names = ['dbsize', 'randomkey', 'flushall']
    expect(names.filter((name) => name in memory().commands)).toEqual(names)
    expect(names.filter((name) => name in driver.commands || name in client)).toEqual([])
    expect(() => createStringClient([prefixed(memory(), 'app:')])).not.toThrow()
  })

  test('two prefixes do not meet, whole keys included', async () => {
    const below = memory()
    const [one, two] = [prefixed(below, 'one:'), prefixed(below, 'two:')]
    await createClient([one]).set('k', '1')
    await createClient([two]).set('k', '2')
    const found: unknown[] = []
    for await (const [key, entry] of one.entries?.scan() ?? []) found.push([key, entry.value])
    expect(found).toEqual([['k', '1']])
    await one.entries?.clear()
    expect(below.commands.mget('one:k', 'two:k')).toEqual([null, '2'])
    expect(await two.entries?.holds('k')).toBe(true)
    expect(await two.entries?.dump('k', 100)).toMatchObject({ value: '2' })
    await two.entries?.drop(['k'])
    expect(await two.entries?.holds('k')).toBe(false)
  })

  test('age is there where the driver tells it', () => {
    expect(prefixed(memory(), 'p:').entries?.age).toBeTypeOf('function')
    expect(prefixed(faulty(memory()), 'p:').entries).not.toHaveProperty('age')
  })

  test('invalidations come without it, and of its own keys only', () => {
    const below = faulty(memory(), { stream: true })
    const told: Invalidation[] = []
    const end = prefixed(below, 'app:').invalidations?.((invalidation) => void told.push(invalidation))
    below.emit({ kind: 'live' })
    below.emit({ kind: 'keys', keys: ['app:a', 'b', 'app:c'] })
    below.emit({ kind: 'keys', keys: ['b'] })
    below.emit({ kind: 'all' })
    below.emit({ kind: 'lost' })
    expect(told).toEqual([
      { kind: 'live' },
      { kind: 'keys', keys: ['a', 'c'] },
      { kind: 'all' },
      { kind: 'lost' },
    ])
    end?.()
    expect(below.subscribers).toBe(0)
  })

  test('what the table does not name is left out', () => {
    const driver = memory()
    const { get, ...others } = commands as unknown as AnyTable
    const known = prefixed(driver, 'app:', others).commands
    expect(get).toBeDefined()
    expect('get' in known).toBe(false)
    expect('set' in known).toBe(true)
  })

  test('a driver may use `this` in its commands', () => {
    const commands = {
      store: new Map([['app:k', 'v']]),
      get(this: { store: Map<string, string> }, key: string) {
        return this.store.get(key) ?? null
      },
    }
    const driver: Driver<Pick<StringCommands, 'get'>> = { name: 'own', scope: 'local', commands }
    expect(prefixed(driver, 'app:').commands.get('k')).toBe('v')
  })

  test('name, scope and close are those of the driver', async () => {
    const below = faulty(memory(), { name: 'far' })
    const driver = prefixed(below, 'app:')
    expect([driver.name, driver.scope]).toEqual(['far app:', 'shared'])
    await driver.close?.()
    expect(below.closed).toBe(true)
  })
})
