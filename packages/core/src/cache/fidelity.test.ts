import v8 from 'node:v8'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { bytesCodec } from './bytes-codec.ts'
import { stageOf } from './cache.fixture.ts'
import type { Codec } from './codec.ts'
import { compressed } from './compressed.ts'
import { exact } from './exact.ts'
import { json } from './json.ts'
import { textCodec } from './text-codec.ts'

const clone = bytesCodec({ pack: v8.serialize, unpack: v8.deserialize })
const dates = textCodec({
  stringify: (value) =>
    JSON.stringify(value, function (key, field) {
      const own: unknown = Reflect.get(this, key)
      return own instanceof Date ? { $date: own.getTime() } : field
    }),
  parse: (text) =>
    JSON.parse(text, (_, field) => (field?.$date === undefined ? field : new Date(field.$date))),
})
const small = compressed(json, { compress: deflateRawSync, decompress: inflateRawSync }, 10)

const codecs: Record<string, Codec> = { json, clone, dates, small }
const born = new Date(5)

/** Values, and the codecs that keep them; the others must refuse them. */
const matrix: [name: string, value: () => unknown, ...kept: string[]][] = [
  ...[0, 1.5, false, true, '', 'a', null, 'a '].map((value): [string, () => unknown, ...string[]] => [
    JSON.stringify(value),
    () => value,
    'json',
    'clone',
    'dates',
    'small',
  ]),
  [
    'nested',
    () => ({ a: [{ b: [], c: {} }], 'd e': 'é😀', __proto__: null }),
    'json',
    'clone',
    'dates',
    'small',
  ],
  ['half a surrogate pair', () => '\ud800', 'json', 'clone', 'dates', 'small'],
  ['a long text', () => 'text'.repeat(5_000), 'json', 'clone', 'dates', 'small'],
  ['a field called __proto__', () => JSON.parse('{"__proto__":{"x":1}}'), 'json', 'clone', 'dates', 'small'],
  ['undefined', () => undefined, 'clone'],
  ['a field that is undefined', () => ({ a: undefined }), 'clone'],
  ['NaN', () => Number.NaN, 'clone'],
  ['Infinity', () => ({ a: Number.POSITIVE_INFINITY }), 'clone'],
  ['BigInt', () => ({ a: 1n }), 'clone'],
  ['Date', () => ({ user: { born } }), 'clone', 'dates'],
  ['Map', () => new Map([['a', 1]]), 'clone'],
  ['Set', () => new Set([1]), 'clone'],
  ['Uint8Array', () => new Uint8Array([1, 2]), 'clone'],
  ['Error', () => new RangeError('too far'), 'clone'],
  ['array with gaps', () => Object.assign(new Array(3), { 1: 1 }), 'clone'],
  ['array with fields', () => Object.assign([1], { a: 1 }), 'clone'],
  [
    'class instance',
    () =>
      new (class User {
        name = 'Ann'
      })(),
  ],
  ['function', () => ({ a: () => 1 })],
  ['symbol', () => ({ a: Symbol() })],
  ['symbol as key', () => ({ [Symbol()]: 1 })],
  [
    'cycle',
    () => {
      const value: Record<string, unknown> = {}
      value['self'] = value
      return value
    },
    'clone',
  ],
]

describe.each(Object.entries(codecs))('O2: %s', (codecName, codec) => {
  test.each(matrix)('%s', async (_, valueNow, ...kept) => {
    const near = stageOf({ codec })
    const far = stageOf({ codec }, near.truth)
    const value = valueNow()
    if (kept.includes(codecName)) {
      await near.cache.set('k', value)
      expect(near.client.peek('k')).toEqual(expect.any(String))
      expect(await near.cache.get('k')).toStrictEqual(sameKind(value))
      expect(await far.cache.get('k')).toStrictEqual(sameKind(value))
      expect(await far.cache.has('k')).toBe(true)
      expect(await stageOf({ codec }).cache.getOrSet('k', () => value)).toStrictEqual(sameKind(value))
    } else {
      await expect(near.cache.set('k', value)).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
        message: expect.stringMatching(/^"k" was not stored: ./),
      })
      expect(near.truth.log).toEqual([])
      expect(near.client.peek('k')).toBe(undefined)
      await expect(near.cache.getOrSet('k', () => value)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
      expect(near.truth.behind.commands.get('k')).toBe(null)
    }
  })
})

/** Objects without prototype come back as others do. */
function sameKind(value: unknown): unknown {
  return typeof value === 'object' && value && Object.getPrototypeOf(value) === null ? { ...value } : value
}

test('O2: an error names the place', () => {
  const lost = (value: unknown) => {
    try {
      json.encode(value)
    } catch (error) {
      return String(error)
    }
    return ''
  }
  expect(lost({ user: { born } })).toContain('value.user.born is a Date,')
  expect(lost([{ 'a b': undefined }])).toContain('value[0]["a b"] is undefined,')
  expect(lost(Number.NaN)).toContain('value is NaN,')
  expect(lost({ a: 1n })).toContain('value.a is bigint,')
  const round: Record<string, unknown> = { a: {} }
  Object.assign(round['a'] as object, { b: round })
  expect(lost(round)).toContain('value.a.b lies in itself,')
  const twice = { x: 1 }
  expect(lost([twice, twice])).toBe('')
  expect(() => exact({ encode: String, decode: (text) => text }).encode({ a: 1 })).toThrow(
    'value came back as string',
  )
})

describe('O3: nobody changes what others get', () => {
  test('what is passed may be changed afterwards', async () => {
    const { cache } = stageOf()
    const passed = { list: [1] }
    const setting = cache.set('k', passed, { tags: ['t'] })
    passed.list.push(2)
    await setting
    passed.list.push(3)
    expect(await cache.get('k')).toEqual({ list: [1] })
    const loaded = { list: [1] }
    const got = await cache.getOrSet('l', () => loaded)
    loaded.list.push(2)
    expect(got).toEqual({ list: [1] })
    expect(await cache.get('l')).toEqual({ list: [1] })
  })

  test('what is answered is frozen all through, and decoded once', async () => {
    const { cache } = stageOf()
    await cache.set('k', { list: [{ a: 1 }] })
    const value = await cache.get<{ list: { a: number }[] }>('k')
    expect(() => value?.list.push({ a: 2 })).toThrow(TypeError)
    expect(() => Object.assign(value?.list[0] ?? {}, { a: 2 })).toThrow(TypeError)
    expect(await cache.get('k')).toBe(value)
    expect(await cache.getOrSet('k', () => 0)).toBe(value)
  })

  test('what cannot be frozen is decoded for each', async () => {
    const { cache } = stageOf({ codec: clone })
    await cache.set('k', { at: new Date(5), of: new Map([[1, 2]]) })
    const one = await cache.get<{ at: Date; of: Map<number, number> }>('k')
    one?.at.setTime(9)
    one?.of.clear()
    expect(await cache.get('k')).toEqual({ at: new Date(5), of: new Map([[1, 2]]) })
  })

  test('clone: every caller gets a value of their own', async () => {
    const { cache } = stageOf({ clone: true })
    await cache.set('k', { list: [1] })
    const one = await cache.get<{ list: number[] }>('k')
    one?.list.push(2)
    expect(await cache.get('k')).toEqual({ list: [1] })
  })
})

test('compression: short texts stay readable, and a text that seems compressed comes back too', async () => {
  const raw = compressed(
    { encode: String, decode: (text) => text },
    { compress: deflateRawSync, decompress: inflateRawSync },
    100,
  )
  expect(raw.encode('short')).toBe('short')
  expect(raw.decode(raw.encode('!z:short'))).toBe('!z:short')
  const long = 'long '.repeat(100)
  expect(raw.encode(long).length).toBeLessThan(100)
  expect(raw.decode(raw.encode(long))).toBe(long)
})
