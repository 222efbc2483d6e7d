import type { KeyCommands } from '../commands/keys.ts'
import type { Cases } from './case.ts'
import type { keyNameCases } from './key-names.ts'
import { near, nearInstant } from './near.ts'
import { until } from './until.ts'

export const keyCases: Cases<Omit<KeyCommands, keyof typeof keyNameCases>> = {
  del: [
    {
      says: 'removes the keys and answers how many existed',
      run: async (c, k) => {
        await c.set(`${k}a`, '1')
        await c.set(`${k}b`, '2')
        return [await c.del(`${k}a`, `${k}missing`, `${k}b`), await c.get(`${k}a`), await c.get(`${k}b`)]
      },
      answers: [2, null, null],
    },
    { says: 'removes a text', given: 'text', args: [], answers: 1, leaves: null },
    { says: 'removes a list', given: ['a', 'b'], args: [], answers: 1, leaves: null },
    { says: 'removes a hash', given: { f: 'text' }, args: [], answers: 1, leaves: null },
    { says: 'removes a sorted set', given: { m: 1 }, args: [], answers: 1, leaves: null },
    { says: 'counts a key named twice once', given: 'text', run: (c, k) => c.del(k, k), answers: 1 },
    { says: 'answers 0 without key', args: [], answers: 0, leaves: null },
    {
      says: 'removes the expiry with the key',
      run: async (c, k) => {
        await c.set(k, 'old', { ttl: '1h' })
        await c.del(k)
        await c.set(k, 'new', { keepttl: true })
        return c.ttl(k)
      },
      answers: Infinity,
    },
  ],
  unlink: [
    {
      says: 'removes the keys and answers how many existed',
      given: ['a'],
      run: async (c, k) => {
        await c.set(`${k}b`, 'text')
        return [await c.unlink(k, `${k}missing`, `${k}b`), await c.get(`${k}b`)]
      },
      answers: [2, null],
      leaves: null,
    },
    { says: 'counts a key named twice once', given: 'text', run: (c, k) => c.unlink(k, k), answers: 1 },
    { says: 'answers 0 without key', args: [], answers: 0, leaves: null },
    {
      says: 'removes a large value',
      run: async (c, k) => {
        await c.rpush(k, ...Array.from({ length: 2_000 }, String))
        return c.unlink(k)
      },
      answers: 1,
      leaves: null,
    },
  ],
  touch: [
    {
      says: 'counts the keys that exist, and leaves them',
      given: { f: 'text' },
      run: async (c, k) => {
        await c.set(`${k}b`, 'text')
        return c.touch(k, `${k}missing`, `${k}b`)
      },
      answers: 2,
      leaves: { f: 'text' },
    },
    { says: 'counts a key named twice twice', given: 'text', run: (c, k) => c.touch(k, k), answers: 2 },
    { says: 'answers 0 without key', args: [], answers: 0, leaves: null },
    {
      says: 'leaves the expiry',
      run: async (c, k) => {
        await c.set(k, 'text', { ttl: '1h' })
        return [await c.touch(k), near(await c.ttl(k), 3_600_000)]
      },
      answers: [1, 'near'],
    },
  ],
  exists: [
    {
      says: 'counts the keys that exist',
      given: 'text',
      run: async (c, k) => {
        await c.set(`${k}b`, 'text')
        return c.exists(k, `${k}missing`, `${k}b`)
      },
      answers: 2,
    },
    { says: 'counts a key named twice twice', given: 'text', run: (c, k) => c.exists(k, k), answers: 2 },
    { says: 'counts an empty text', given: '', args: [], answers: 1 },
    { says: 'counts a list', given: ['a'], args: [], answers: 1 },
    { says: 'counts a hash', given: { f: '' }, args: [], answers: 1 },
    { says: 'counts a sorted set', given: { m: 0 }, args: [], answers: 1 },
    { says: 'answers 0 without key', args: [], answers: 0 },
  ],
  expire: [
    {
      says: 'sets the time that is left, in milliseconds',
      given: 'text',
      run: async (c, k) => [await c.expire(k, 3_600_000), near(await c.ttl(k), 3_600_000)],
      answers: [true, 'near'],
      leaves: 'text',
    },
    {
      says: 'takes a duration with its unit',
      given: 'text',
      run: async (c, k) => [await c.expire(k, '2d'), near(await c.ttl(k), 172_800_000)],
      answers: [true, 'near'],
    },
    {
      says: 'replaces the expiry that the key had',
      run: async (c, k) => {
        await c.set(k, 'text', { ttl: '1d' })
        return [await c.expire(k, '1h'), near(await c.ttl(k), 3_600_000)]
      },
      answers: [true, 'near'],
    },
    { says: 'answers false without key', args: ['1h'], answers: false, leaves: null },
    { says: 'lets a list expire', given: ['a'], run: (c, k) => c.expire(k, '1h'), answers: true },
    {
      says: 'removes the key when its time has come',
      given: { f: 'text' },
      run: async (c, k) => {
        await c.expire(k, 20)
        await until(async () => (await c.exists(k)) === 0, 'the key expires')
        return [await c.hgetall(k), await c.type(k), await c.ttl(k)]
      },
      answers: [{}, null, null],
    },
    {
      says: 'takes more days than a timer can wait',
      given: 'text',
      run: async (c, k) => [await c.expire(k, '1000d'), near(await c.ttl(k), 86_400_000_000)],
      answers: [true, 'near'],
      leaves: 'text',
    },
  ],
  expireat: [
    {
      says: 'takes Unix milliseconds',
      given: 'text',
      run: async (c, k) => [
        await c.expireat(k, Date.now() + 3_600_000),
        nearInstant(await c.ttl(k), 3_600_000),
      ],
      answers: [true, 'near'],
      leaves: 'text',
    },
    {
      says: 'takes a Date',
      given: ['a'],
      run: async (c, k) => [
        await c.expireat(k, new Date(Date.now() + 3_600_000)),
        nearInstant(await c.ttl(k), 3_600_000),
      ],
      answers: [true, 'near'],
      leaves: ['a'],
    },
    {
      says: 'removes the key at once when the instant is past',
      given: { m: 1 },
      run: (c, k) => c.expireat(k, Date.now() - 1_000),
      answers: true,
      leaves: null,
    },
    { says: 'takes 1970 for past', given: 'text', args: [0], answers: true, leaves: null },
    {
      says: 'answers false without key',
      run: (c, k) => c.expireat(k, Date.now() + 3_600_000),
      answers: false,
      leaves: null,
    },
  ],
  persist: [
    {
      says: 'takes the expiry from the key',
      run: async (c, k) => {
        await c.set(k, 'text', { ttl: '1h' })
        return [await c.persist(k), await c.ttl(k)]
      },
      answers: [true, Infinity],
      leaves: 'text',
    },
    { says: 'answers false without expiry', given: ['a'], args: [], answers: false, leaves: ['a'] },
    { says: 'answers false without key', args: [], answers: false, leaves: null },
  ],
  ttl: [
    { says: 'answers Infinity without expiry', given: 'text', args: [], answers: Infinity },
    { says: 'answers null without key', args: [], answers: null },
    {
      says: 'answers the milliseconds that are left',
      run: async (c, k) => {
        await c.set(k, 'text', { ttl: '10m' })
        return near(await c.ttl(k), 600_000)
      },
      answers: 'near',
    },
    {
      says: 'runs down',
      run: async (c, k) => {
        await c.set(k, 'text', { ttl: '1h' })
        const first = Number(await c.ttl(k))
        await until(async () => Number(await c.ttl(k)) < first, 'the time that is left shrinks')
        return near(await c.ttl(k), 3_600_000)
      },
      answers: 'near',
    },
  ],
  type: [
    { says: 'tells a text', given: 'text', args: [], answers: 'string' },
    { says: 'tells a hash', given: { f: 'text' }, args: [], answers: 'hash' },
    { says: 'tells a list', given: ['a'], args: [], answers: 'list' },
    { says: 'tells a sorted set', given: { m: 1 }, args: [], answers: 'zset' },
    { says: 'answers null without key', args: [], answers: null },
    {
      says: 'tells the type of what the key holds now',
      given: ['a'],
      run: async (c, k) => {
        await c.lpop(k)
        await c.hset(k, { f: 'text' })
        return c.type(k)
      },
      answers: 'hash',
    },
  ],
}
