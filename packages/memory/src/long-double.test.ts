import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addFloats } from './long-double.ts'

/** What a Redis 7 on x86 said. */
test.each([
  [undefined, 10.5, '10.5'],
  ['0.1', 0.2, '0.3'],
  ['5.0e3', 200, '5200'],
  ['3', 1.2345678901234567, '4.2345678901234567'],
  ['-0', -0, '0'],
  ['1e-20', -3e-20, '0'],
  ['+1', 1, '2'],
  ['1.', 0.5, '1.5'],
  ['.5', 0.5, '1'],
  ['00010', 0, '10'],
  ['9223372036854775807', 1, '9223372036854775808'],
  ['123456789012345678901234567890', 0, '123456789012345678899921813504'],
  ['1e21', 0, '1000000000000000000000'],
  ['0.00000000000000001', 0, '0.00000000000000001'],
  ['0.000000000000000004', 0, '0'],
  ['0.000000000000000006', 0, '0.00000000000000001'],
  ['18446744073709551617', 0, '18446744073709551616'],
  ['18446744073709551619', 0, '18446744073709551620'],
  ['0e999999999', 1, '1'],
  ['1e-4940', 1, '1'],
])('K3: %j plus %d is %s, as Redis stores it', (text, increment, sum) => {
  expect(addFloats(text, increment, 'k')).toBe(sum)
})

test.each([
  '',
  ' 1',
  '1 ',
  'ten',
  '.',
  'e5',
  '1e',
  '--1',
  '1_0',
  'nan',
  '1e5000',
  '1e-5000',
  '0'.repeat(5_120),
])('K3: %j is no number', (text) => {
  expect(() => addFloats(text, 1, 'k')).toThrow(expect.objectContaining({ code: 'NOT_A_NUMBER' }))
})

test.each([
  ['1e308', 1.7e308],
  ['-1e400', 1],
  ['1', Number.POSITIVE_INFINITY],
  ['1', Number.NEGATIVE_INFINITY],
])('K3: %s plus %d is refused, as no number of JavaScript holds it', (text, increment) => {
  expect(() => addFloats(text, increment, 'k', 'f')).toThrow(
    expect.objectContaining({
      code: 'OUT_OF_RANGE',
      message: `["k","f"] holds "${text}": plus ${increment} is beyond what a number can be`,
    }),
  )
})

test('K3: sums of small decimals are exact, where doubles are not', () => {
  const millionths = fc.integer({ min: -(10 ** 6), max: 10 ** 6 })
  fc.assert(
    fc.property(millionths, millionths, (left, right) => {
      const text = addFloats(`${left}e-6`, Number(`${right}e-6`), 'k')
      const [, sign = '', whole = '', part = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(text) ?? []
      expect(text).not.toMatch(/^-0$|\.$|\.\d*0$/)
      expect(Number(sign + whole + part.padEnd(6, '0'))).toBe(left + right || 0)
    }),
  )
})
