import type { StringCommands } from '../commands/string.ts'
import type { Cases } from './case.ts'
import { near, nearInstant } from './near.ts'
import type { stringByteCases } from './string-bytes.ts'
import type { stringNumberCases } from './string-numbers.ts'
import type { stringTakeCases } from './string-takes.ts'
import { until } from './until.ts'

type Elsewhere = typeof stringByteCases & typeof stringNumberCases & typeof stringTakeCases

export const stringCases: Cases<Omit<StringCommands, keyof Elsewhere>> = {
  get: [
    { says: 'answers the text', given: 'text', args: [], answers: 'text' },
    { says: 'answers null without key', args: [], answers: null, leaves: null },
    { says: 'tells an empty text from none', given: '', args: [], answers: '' },
    { says: 'answers a number as the text that it was', given: '007', args: [], answers: '007' },
    { says: 'refuses a hash', given: { f: 'text' }, args: [], fails: 'WRONG_TYPE' },
  ],
  set: [
    { says: 'sets the text', args: ['text'], answers: true, leaves: 'text' },
    { says: 'sets over a text', given: 'old', args: ['new'], answers: true, leaves: 'new' },
    { says: 'sets over a list', given: ['a'], args: ['new'], answers: true, leaves: 'new' },
    { says: 'sets over a sorted set', given: { m: 1 }, args: ['new'], answers: true, leaves: 'new' },
    {
      says: 'takes a ttl',
      run: async (c, k) => [await c.set(k, 'text', { ttl: '1h' }), near(await c.ttl(k), 3_600_000)],
      answers: [true, 'near'],
      leaves: 'text',
    },
    {
      says: 'lets the key expire after the ttl',
      run: async (c, k) => {
        await c.set(k, 'text', { ttl: 20 })
        await until(async () => (await c.get(k)) === null, 'the key expires')
        return c.set(k, 'new', { nx: true })
      },
      answers: true,
      leaves: 'new',
    },
    {
      says: 'takes an instant',
      run: async (c, k) => [
        await c.set(k, 'text', { at: new Date(Date.now() + 3_600_000) }),
        nearInstant(await c.ttl(k), 3_600_000),
      ],
      answers: [true, 'near'],
      leaves: 'text',
    },
    {
      says: 'removes the key when the instant is past',
      given: 'old',
      args: ['new', { at: 1 }],
      answers: true,
      leaves: null,
    },
    { says: 'takes 1970 for past', given: 'old', args: ['new', { at: 0 }], answers: true, leaves: null },
    {
      says: 'takes the expiry from the key',
      run: async (c, k) => {
        await c.set(k, 'old', { ttl: '1h' })
        return [await c.set(k, 'new'), await c.ttl(k)]
      },
      answers: [true, Infinity],
      leaves: 'new',
    },
    {
      says: 'keeps the expiry with keepttl',
      run: async (c, k) => {
        await c.set(k, 'old', { ttl: '1h' })
        return [await c.set(k, 'new', { keepttl: true }), near(await c.ttl(k), 3_600_000)]
      },
      answers: [true, 'near'],
      leaves: 'new',
    },
    { says: 'takes keepttl without key', args: ['text', { keepttl: true }], answers: true, leaves: 'text' },
    { says: 'sets without key with nx', args: ['text', { nx: true }], answers: true, leaves: 'text' },
    {
      says: 'leaves the key with nx',
      given: 'old',
      args: ['new', { nx: true }],
      answers: false,
      leaves: 'old',
    },
    {
      says: 'leaves a hash with nx',
      given: { f: 'old' },
      args: ['new', { nx: true }],
      answers: false,
      leaves: { f: 'old' },
    },
    {
      says: 'leaves the expiry too where nx forbids',
      given: 'old',
      run: async (c, k) => [await c.set(k, 'new', { nx: true, ttl: '1h' }), await c.ttl(k)],
      answers: [false, Infinity],
      leaves: 'old',
    },
    {
      says: 'sets over the key with xx',
      given: 'old',
      args: ['new', { xx: true }],
      answers: true,
      leaves: 'new',
    },
    { says: 'sets nothing without key with xx', args: ['text', { xx: true }], answers: false, leaves: null },
    {
      says: 'answers the old text with get',
      given: 'old',
      args: ['new', { get: true }],
      answers: 'old',
      leaves: 'new',
    },
    { says: 'answers null without key with get', args: ['new', { get: true }], answers: null, leaves: 'new' },
    {
      says: 'answers an empty old text with get',
      given: '',
      args: ['new', { get: true }],
      answers: '',
      leaves: 'new',
    },
    {
      says: 'leaves the key with nx and get',
      given: 'old',
      args: ['new', { nx: true, get: true }],
      answers: 'old',
      leaves: 'old',
    },
    {
      says: 'sets without key with nx and get',
      args: ['new', { nx: true, get: true }],
      answers: null,
      leaves: 'new',
    },
    {
      says: 'sets nothing without key with xx and get',
      args: ['new', { xx: true, get: true }],
      answers: null,
      leaves: null,
    },
    { says: 'refuses a list with get', given: ['a'], args: ['new', { get: true }], fails: 'WRONG_TYPE' },
    {
      says: 'takes options that are off',
      args: ['new', { nx: false, get: false }],
      answers: true,
      leaves: 'new',
    },
  ],
  setnx: [
    { says: 'sets the text without key', args: ['text'], answers: true, leaves: 'text' },
    { says: 'leaves the key that exists', given: 'old', args: ['new'], answers: false, leaves: 'old' },
    { says: 'leaves an empty text', given: '', args: ['new'], answers: false, leaves: '' },
    { says: 'leaves a list', given: ['a'], args: ['new'], answers: false, leaves: ['a'] },
    {
      says: 'sets for one of many at once',
      run: async (c, k) => {
        const answers = await Promise.all(['1', '2', '3', '4', '5'].map((text) => c.setnx(k, text)))
        return answers.filter(Boolean).length
      },
      answers: 1,
    },
  ],
  mget: [
    {
      says: 'answers the texts in the order of the keys',
      run: async (c, k) => {
        await c.set(`${k}a`, '1')
        await c.set(`${k}b`, '2')
        return c.mget(`${k}b`, `${k}missing`, `${k}a`)
      },
      answers: ['2', null, '1'],
    },
    {
      says: 'answers a key named twice twice',
      given: 'text',
      run: (c, k) => c.mget(k, k),
      answers: ['text', 'text'],
    },
    { says: 'tells an empty text from none', given: '', args: [], answers: [''] },
    { says: 'answers null without key', args: [], answers: [null] },
    { says: 'answers null for a hash', given: { f: 'text' }, args: [], answers: [null] },
    { says: 'answers null for a sorted set', given: { m: 1 }, args: [], answers: [null] },
  ],
  mset: [
    {
      says: 'sets all the texts',
      given: 'old',
      run: async (c, k) => [await c.mset({ [k]: '1', [`${k}b`]: '2' }), await c.get(`${k}b`)],
      answers: [undefined, '2'],
      leaves: '1',
    },
    {
      says: 'takes a Map',
      run: (c, k) => c.mset(new Map([[k, 'text']])),
      answers: undefined,
      leaves: 'text',
    },
    {
      says: 'lets the last of pairs with one key win',
      run: (c, k) =>
        c.mset([
          [k, 'first'],
          [k, 'last'],
        ]),
      answers: undefined,
      leaves: 'last',
    },
    {
      says: 'sets over a list',
      given: ['a'],
      run: (c, k) => c.mset({ [k]: 'new' }),
      answers: undefined,
      leaves: 'new',
    },
    {
      says: 'takes the expiries from the keys',
      run: async (c, k) => {
        await c.set(k, 'old', { ttl: '1h' })
        await c.mset({ [k]: 'new' })
        return c.ttl(k)
      },
      answers: Infinity,
      leaves: 'new',
    },
  ],
  msetnx: [
    {
      says: 'sets all the texts where none of the keys exists',
      run: async (c, k) => [await c.msetnx({ [k]: '1', [`${k}b`]: '2' }), await c.get(`${k}b`)],
      answers: [true, '2'],
      leaves: '1',
    },
    {
      says: 'sets none where one of the keys exists',
      run: async (c, k) => {
        await c.rpush(`${k}b`, 'a')
        return [await c.msetnx({ [k]: '1', [`${k}b`]: '2' }), await c.lrange(`${k}b`, 0, -1)]
      },
      answers: [false, ['a']],
      leaves: null,
    },
    {
      says: 'lets the last of pairs with one key win',
      run: (c, k) =>
        c.msetnx([
          [k, 'first'],
          [k, 'last'],
        ]),
      answers: true,
      leaves: 'last',
    },
    { says: 'leaves an empty text', given: '', run: (c, k) => c.msetnx({ [k]: 'new' }), answers: false },
    {
      says: 'sets for one of many at once',
      run: async (c, k) => {
        const answers = await Promise.all(
          ['1', '2', '3', '4'].map((text) => c.msetnx({ [k + text]: '', [k]: text })),
        )
        return answers.filter(Boolean).length
      },
      answers: 1,
    },
  ],
}
