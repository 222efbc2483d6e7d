import { expect, test } from 'vitest'
import { CacheError } from '../errors.ts'
import { equal, expectCode, expectEqual, show } from './equal.ts'
import { NotOffered } from './not-offered.ts'

const proto = Object.fromEntries([['__proto__', 'a']])
const bare = Object.assign(Object.create(null), { a: '1' })

test.each([
  ['texts', 'a', 'a'],
  ['NaN', Number.NaN, Number.NaN],
  ['0 and -0, which Redis does not tell apart', 0, -0],
  ['lists', ['a', ['b', 1]], ['a', ['b', 1]]],
  ['records in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['records with and without prototype', bare, { a: '1' }],
  ['sets in another order', new Set(['a', 'b']), new Set(['b', 'a'])],
  ['records with a field named __proto__', proto, Object.fromEntries([['__proto__', 'a']])],
])('are equal: %s', (_, left, right) => {
  expect(equal(left, right)).toBe(true)
  expect(equal(right, left)).toBe(true)
})

test.each([
  ['a number and its text', 1, '1'],
  ['null and undefined', null, undefined],
  ['null and an empty record', null, {}],
  ['0 and NaN', 0, Number.NaN],
  ['false and 0', false, 0],
  ['an empty list and an empty record', [], {}],
  ['lists in another order', ['a', 'b'], ['b', 'a']],
  ['a list and a longer one', ['a'], ['a', 'b']],
  ['a set and a larger one', new Set(['a']), new Set(['a', 'b'])],
  ['sets of other texts', new Set(['a']), new Set(['b'])],
  ['a set and a list', new Set(['a']), ['a']],
  ['an empty set and an empty record', new Set(), {}],
  ['records with other names', { a: 1 }, { b: 1 }],
  ['a field of undefined and none', { a: undefined }, {}],
  ['a record and one that inherits', Object.create({ a: 1 }), { a: 1 }],
  ['a field named __proto__ and none', proto, {}],
])('differ: %s', (_, left, right) => {
  expect(equal(left, right)).toBe(false)
  expect(equal(right, left)).toBe(false)
})

test('a difference tells what was found and what was wanted', () => {
  expect(() => expectEqual([1, null], ['1'], 'get answered')).toThrow('get answered [1, null], wanted ["1"]')
  expect(show('x'.repeat(400))).toMatch(/^"x{299}… \(402 characters\)$/)
})

test('a failure is told by its code', async () => {
  const failure = async (error: unknown) => Promise.reject(error)
  await expectCode(failure(new CacheError('CLOSED', 'gone')), 'CLOSED', 'get')
  await expect(expectCode(failure(new CacheError('TIMEOUT', 'late')), 'CLOSED', 'get')).rejects.toThrow(
    'get failed with TIMEOUT, wanted CLOSED: CacheError: late',
  )
  await expect(expectCode(Promise.resolve('text'), 'CLOSED', 'get')).rejects.toThrow(
    'get answered "text", wanted an error with code CLOSED',
  )
  await expect(expectCode(failure(new NotOffered('no get')), 'CLOSED', 'get')).rejects.toThrow(NotOffered)
})
