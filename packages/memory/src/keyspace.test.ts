import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entriesOf } from './entries.ts'
import { hashGroup } from './hash.ts'
import { keyGroup } from './keys.ts'
import { Keyspace } from './keyspace.ts'
import { leanParts as parts } from './lean.ts'
import { listGroup } from './list.ts'
import { sortedSetGroup } from './sorted-set.ts'
import { stringGroup } from './string.ts'

function keyspace() {
  const clock = { ms: 1_000 }
  const space = new Keyspace({ maxEntries: 1_000, maxBytes: 1e9, now: () => clock.ms }, parts)
  const commands = {
    ...keyGroup.commands(space),
    ...stringGroup.commands(space),
    ...hashGroup.commands(space),
    ...listGroup.commands(space),
    ...sortedSetGroup.commands(space),
  }
  return { clock, space, ...commands }
}

test('D2: a command that changed nothing leaves the counter of changes', () => {
  const { space, set, rpush, hset, zadd, ...c } = keyspace()
  set('s', '1')
  rpush('l', 'a')
  hset('h', [['f', 'v']])
  zadd('z', [['m', 1]])
  const { changes } = space
  for (const call of [
    () => set('s', '2', { nx: true }),
    () => set('none', '2', { xx: true }),
    () => c.setnx('s', '2'),
    () => c.get('s'),
    () => c.mget('s', 'l'),
    () => c.del('none'),
    () => c.expire('none', 5),
    () => c.persist('s'),
    () => c.ltrim('l', 0, -1),
    () => c.lpop('l', 0),
    () => c.lpop('none'),
    () => c.hsetnx('h', 'f', 'other'),
    () => c.hdel('h', 'none'),
    () => zadd('z', [['m', 1]]),
    () => zadd('z', [['new', 1]], { xx: true }),
    () => c.zrem('z', 'none'),
  ]) {
    call()
    expect([String(call), space.changes]).toEqual([String(call), changes])
  }
})

test('every change is counted', () => {
  const { space, ...c } = keyspace()
  for (const call of [
    () => c.set('s', '1'),
    () => c.incrby('s', 1),
    () => c.expire('s', 5),
    () => c.persist('s'),
    () => c.rpush('l', 'a', 'b'),
    () => c.lpop('l'),
    () => c.ltrim('l', 5, 6),
    () => c.hset('h', [['f', 'v']]),
    () => c.hincrby('h', 'n', 1),
    () => c.hdel('h', 'f', 'n'),
    () => c.del('s'),
  ]) {
    const { changes } = space
    call()
    expect([String(call), space.changes > changes]).toEqual([String(call), true])
  }
})

test('a change that fails leaves key and counter as they were', () => {
  const { space, hset, hincrby, set, rpush, exists } = keyspace()
  hset('h', [['f', 'v']])
  set('s', 'v')
  const { changes, bytes } = space
  expect(() => hincrby('h', 'f', 1)).toThrow()
  expect(() => rpush('s', 'v')).toThrow('"s" holds a string, not a list')
  expect([space.changes, space.bytes, exists('h', 's')]).toEqual([changes, bytes, 2])
})

test('S3: the estimate is the same however the content came about', () => {
  const key = fc.constantFrom('a', 'b', 'c')
  const text = fc.string({ maxLength: 5 })
  const change = fc.oneof(
    fc.tuple(fc.constant('set' as const), key, text),
    fc.tuple(fc.constant('del' as const), key, text),
    fc.tuple(fc.constant('rpush' as const), key, text),
    fc.tuple(fc.constant('lpop' as const), key, text),
    fc.tuple(fc.constant('hset' as const), key, text),
    fc.tuple(fc.constant('hdel' as const), key, text),
    fc.tuple(fc.constant('zadd' as const), key, text),
    fc.tuple(fc.constant('wait' as const), key, text),
  )
  fc.assert(
    fc.property(fc.array(change, { maxLength: 100 }), (changes) => {
      const { space, clock, ...c } = keyspace()
      for (const [what, name, value] of changes) {
        const typed = (type: string) => `${name}:${type}`
        if (what === 'set') c.set(typed('s'), value, value.length > 2 ? { ttl: 10 } : {})
        if (what === 'del') c.del(typed('l'), typed('h'))
        if (what === 'rpush') c.rpush(typed('l'), value, value)
        if (what === 'lpop') c.lpop(typed('l'))
        if (what === 'hset') c.hset(typed('h'), [[value.slice(0, 1), value]])
        if (what === 'hdel') c.hdel(typed('h'), value.slice(0, 1))
        if (what === 'zadd') c.zadd(typed('z'), [[value, value.length]])
        if (what === 'wait') clock.ms += 4
      }
      const fresh = keyspace()
      const revivals = { ...hashGroup.revive, ...listGroup.revive, ...sortedSetGroup.revive }
      const [from, to] = [entriesOf(space, revivals), entriesOf(fresh.space, revivals)]
      for (let slot = 0; slot < space.slots; slot++) {
        const name = space.keyAt(slot) ?? ''
        const entry = from.dump(name, Number.POSITIVE_INFINITY)
        if (entry && entry !== 'too-big') to.load(name, { ...entry, expiresAt: null })
      }
      expect([space.size, space.bytes]).toEqual([fresh.space.size, fresh.space.bytes])
    }),
  )
})

test('clear leaves nothing, and the keyspace can be used again', () => {
  const { space, set, get, ttl, clock } = keyspace()
  for (let at = 0; at < 100; at++) set(`k${at}`, 'v', { ttl: 10 })
  const { changes } = space
  space.clear()
  expect([space.size, space.bytes, space.changes - changes, get('k1')]).toEqual([0, 0, 100, null])
  for (let at = 0; at < 100; at++) set(`k${at}`, 'v')
  clock.ms += 10
  expect([space.size, get('k1'), ttl('k1')]).toEqual([100, 'v', Number.POSITIVE_INFINITY])
  space.close()
})
