import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteLength } from './byte-length.ts'

test.each([
  ['', 0],
  ['text', 4],
  ['\x7f', 1],
  ['\x80', 2],
  ['é', 2],
  ['漢', 3],
  ['😀', 4],
  ['\ud83d', 3],
])('%j', (text, bytes) => {
  expect(byteLength(text)).toBe(bytes)
})

test('any text has as many bytes as Node finds in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(byteLength(text)).toBe(Buffer.byteLength(text))
    }),
  )
})
