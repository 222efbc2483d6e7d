import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteOrder } from './byte-order.ts'

/** In the order of their bytes, as UTF-8 has it. */
const ordered = [
  '',
  '\0',
  'A',
  'a',
  'a\0',
  'aa',
  'b',
  'ÿ',
  'Ā',
  '\uD7FF',
  '\uE000',
  '\uFF01',
  '\uFFFF',
  '😀',
  '😀a',
  '😁',
  '\u{10FFFF}',
]

test('K3: texts compare by the bytes of UTF-8, not by UTF-16 units', () => {
  ordered.forEach((text, at) => {
    ordered.forEach((other, otherAt) => {
      expect([text, other, byteOrder(other)(text, other)]).toEqual([text, other, at < otherAt])
    })
  })
})

test('K3: texts compare as their bytes do, whatever they have in common', () => {
  const unit = fc.constantFrom('a', 'é', '\uD7FF', '\uE000', '\uFF01', '\uFFFF', '😀', '😁', '\u{10FFFF}')
  const text = fc.array(unit, { maxLength: 4 }).map((units) => units.join(''))
  fc.assert(
    fc.property(text, text, text, (prefix, a, b) => {
      const [left, right] = [prefix + a, prefix + b]
      expect(byteOrder(right)(left, right)).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)) < 0)
    }),
    { numRuns: 1000 },
  )
})
