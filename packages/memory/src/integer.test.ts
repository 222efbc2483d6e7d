import { expect, test } from 'vitest'
import { addIntegers } from './integer.ts'

test('adds to the text, or to 0 without one', () => {
  expect(addIntegers(undefined, 5, 'k')).toBe(5)
  expect(addIntegers('-7', 3, 'k')).toBe(-4)
  expect(addIntegers('9007199254740990', 1, 'k')).toBe(Number.MAX_SAFE_INTEGER)
  expect(addIntegers('9007199254740993', -2, 'k')).toBe(Number.MAX_SAFE_INTEGER)
  expect(addIntegers('-9007199254740993', 2 ** 53 - 1, 'k')).toBe(-2)
  expect(Object.is(addIntegers('0', -0, 'k'), 0)).toBe(true)
})

test.each([
  '',
  ' 1',
  '1 ',
  '+1',
  '01',
  '-0',
  '1.0',
  '1e3',
  '0x1',
  'abc',
  '12345678901234567890',
  '9223372036854775808',
  '-9223372036854775809',
])("Redis takes '%s' for no integer", (text) => {
  expect(() => addIntegers(text, 1, 'k')).toThrow(expect.objectContaining({ code: 'NOT_A_NUMBER' }))
})

test.each([
  ['9007199254740991', 1],
  ['-9007199254740991', -1],
  ['9007199254740993', -1],
  ['9223372036854775807', 1],
  ['-9223372036854775808', 1],
])('%s plus %i would not be exact', (text, increment) => {
  expect(() => addIntegers(text, increment, 'k')).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }))
})

test('the message names key, field and what was found', () => {
  expect(() => addIntegers('ten', 1, 'k')).toThrow('"k" holds "ten", not an integer')
  expect(() => addIntegers('ten', 1, 'k', 'f')).toThrow('["k","f"] holds "ten", not an integer')
})
