import type { HashCommands } from '../commands/hash.ts'
import type { Cases } from './case.ts'
import { near } from './near.ts'

type Elsewhere = 'hincrby' | 'hincrbyfloat' | 'hrandfield' | 'hscan'

/** Cases of the commands on fields; sums, and parts of a hash, have files of their own. */
export const hashCases: Cases<Omit<HashCommands, Elsewhere>> = {
  hset: [
    {
      says: 'sets the fields and answers how many are new',
      args: [{ a: '1', b: '2' }],
      answers: 2,
      leaves: { a: '1', b: '2' },
    },
    {
      says: 'counts only new fields',
      given: { a: 'old' },
      args: [{ a: 'new', b: '2' }],
      answers: 1,
      leaves: { a: 'new', b: '2' },
    },
    { says: 'takes a Map', args: [new Map([['a', '1']])], answers: 1, leaves: { a: '1' } },
    {
      says: 'lets the last of pairs with one field win',
      args: [
        [
          ['a', '1'],
          ['a', '2'],
        ],
      ],
      answers: 1,
      leaves: { a: '2' },
    },
    { says: 'refuses a text', given: 'text', args: [{ a: '1' }], fails: 'WRONG_TYPE' },
    {
      says: 'keeps the expiry',
      given: { a: '1' },
      run: async (c, k) => {
        await c.expire(k, '1h')
        await c.hset(k, { a: '2' })
        return near(await c.ttl(k), 3_600_000)
      },
      answers: 'near',
    },
    {
      says: 'keeps hundreds of fields',
      run: async (c, k) => {
        const fields = Array.from({ length: 700 }, (_, n) => [`field ${n}`, `text ${n}`] as const)
        return [await c.hset(k, fields), await c.hlen(k), await c.hget(k, 'field 699')]
      },
      answers: [700, 700, 'text 699'],
    },
  ],
  hsetnx: [
    { says: 'sets the field without key', args: ['f', 'text'], answers: true, leaves: { f: 'text' } },
    {
      says: 'sets a field that is missing',
      given: { a: '1' },
      args: ['f', 'text'],
      answers: true,
      leaves: { a: '1', f: 'text' },
    },
    {
      says: 'leaves the field that exists',
      given: { f: 'old' },
      args: ['f', 'new'],
      answers: false,
      leaves: { f: 'old' },
    },
    {
      says: 'leaves an empty field',
      given: { f: '' },
      args: ['f', 'new'],
      answers: false,
      leaves: { f: '' },
    },
    { says: 'refuses a list', given: ['f'], args: ['f', 'text'], fails: 'WRONG_TYPE' },
  ],
  hget: [
    { says: 'answers the text of the field', given: { f: 'text' }, args: ['f'], answers: 'text' },
    { says: 'tells an empty text from none', given: { f: '' }, args: ['f'], answers: '' },
    { says: 'answers null without the field', given: { f: 'text' }, args: ['g'], answers: null },
    { says: 'answers null without key', args: ['f'], answers: null, leaves: null },
    {
      says: 'knows no field that objects have by nature',
      given: { f: 'text' },
      args: ['constructor'],
      answers: null,
    },
    { says: 'refuses a text', given: 'text', args: ['f'], fails: 'WRONG_TYPE' },
  ],
  hmget: [
    {
      says: 'answers in the order of the fields',
      given: { a: '1', b: '2' },
      args: ['b', 'missing', 'a'],
      answers: ['2', null, '1'],
    },
    { says: 'answers a field named twice twice', given: { a: '1' }, args: ['a', 'a'], answers: ['1', '1'] },
    { says: 'answers null for each without key', args: ['a', 'b'], answers: [null, null], leaves: null },
    { says: 'refuses a sorted set', given: { a: 1 }, args: ['a'], fails: 'WRONG_TYPE' },
  ],
  hgetall: [
    { says: 'answers all fields', given: { a: '1', b: '' }, args: [], answers: { a: '1', b: '' } },
    { says: 'answers an empty record without key', args: [], answers: {}, leaves: null },
    {
      says: 'answers a record without prototype',
      given: { a: '1' },
      args: [],
      answers: (record) => Object.getPrototypeOf(record) === null,
    },
    {
      says: 'answers an empty record without prototype',
      args: [],
      answers: (record) => Object.getPrototypeOf(record) === null,
    },
    {
      says: 'answers fields named as numbers',
      given: { 2: 'b', 1: 'a' },
      args: [],
      answers: { 1: 'a', 2: 'b' },
    },
    { says: 'refuses a list', given: ['a', 'b'], args: [], fails: 'WRONG_TYPE' },
  ],
  hkeys: [
    {
      says: 'answers the names of all fields',
      given: { b: '2', a: '1' },
      run: async (c, k) => (await c.hkeys(k)).sort(),
      answers: ['a', 'b'],
    },
    { says: 'answers none without key', args: [], answers: [], leaves: null },
    { says: 'refuses a text', given: 'text', args: [], fails: 'WRONG_TYPE' },
  ],
  hvals: [
    {
      says: 'answers the texts of all fields',
      given: { a: '2', b: '1', c: '2' },
      run: async (c, k) => (await c.hvals(k)).sort(),
      answers: ['1', '2', '2'],
    },
    { says: 'answers none without key', args: [], answers: [], leaves: null },
    { says: 'refuses a sorted set', given: { a: 1 }, args: [], fails: 'WRONG_TYPE' },
  ],
  hlen: [
    { says: 'counts the fields', given: { a: '1', b: '' }, args: [], answers: 2 },
    { says: 'answers 0 without key', args: [], answers: 0, leaves: null },
    { says: 'refuses a list', given: ['a'], args: [], fails: 'WRONG_TYPE' },
    {
      says: 'follows what is added, replaced and removed',
      given: { a: '1', b: '2' },
      run: async (c, k) => {
        await c.hset(k, { a: '3', c: '4' })
        await c.hdel(k, 'b', 'missing')
        return c.hlen(k)
      },
      answers: 2,
    },
  ],
  hexists: [
    { says: 'answers true with the field', given: { f: 'text' }, args: ['f'], answers: true },
    { says: 'answers true with an empty field', given: { f: '' }, args: ['f'], answers: true },
    { says: 'answers false without the field', given: { f: 'text' }, args: ['toString'], answers: false },
    { says: 'answers false without key', args: ['f'], answers: false, leaves: null },
    { says: 'refuses a text', given: 'text', args: ['f'], fails: 'WRONG_TYPE' },
  ],
  hstrlen: [
    { says: 'counts the bytes of the text', given: { f: 'aé漢😀' }, args: ['f'], answers: 10 },
    { says: 'answers 0 for an empty field', given: { f: '' }, args: ['f'], answers: 0 },
    { says: 'answers 0 without the field', given: { f: 'text' }, args: ['length'], answers: 0 },
    { says: 'answers 0 without key', args: ['f'], answers: 0, leaves: null },
    { says: 'refuses a text', given: 'text', args: ['f'], fails: 'WRONG_TYPE' },
  ],
  hdel: [
    {
      says: 'removes the fields and answers how many existed',
      given: { a: '1', b: '2', c: '3' },
      args: ['a', 'missing', 'b'],
      answers: 2,
      leaves: { c: '3' },
    },
    {
      says: 'counts a field named twice once',
      given: { a: '1', b: '2' },
      args: ['a', 'a'],
      answers: 1,
      leaves: { b: '2' },
    },
    { says: 'takes the key with its last field', given: { a: '1' }, args: ['a'], answers: 1, leaves: null },
    { says: 'answers 0 without the field', given: { a: '1' }, args: ['b'], answers: 0, leaves: { a: '1' } },
    { says: 'answers 0 without key', args: ['a'], answers: 0, leaves: null },
    { says: 'refuses a list', given: ['a'], args: ['a'], fails: 'WRONG_TYPE' },
  ],
}
