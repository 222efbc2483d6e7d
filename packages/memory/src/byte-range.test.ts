import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteRange, overwritten } from './byte-range.ts'

const text = fc.string({
  unit: fc.constantFrom('a', '\0', 'é', '漢', '😀', '\ufeff', '\uffff'),
  maxLength: 8,
})
const place = fc.nat({ max: 30 })

test('K3: a range is what a buffer of the bytes holds there', () => {
  fc.assert(
    fc.property(text, place, place, (whole, from, length) => {
      const bytes = Buffer.from(whole)
      expect(byteRange(whole, from, from + length)).toBe(bytes.subarray(from, from + length).toString())
    }),
  )
})

test('K3: what is written over is what a buffer of the bytes holds then, or is refused for a cut character', () => {
  fc.assert(
    fc.property(text, place, text.filter(Boolean), (whole, offset, value) => {
      const [bytes, written] = [Buffer.from(whole), Buffer.from(value)]
      const wanted = Buffer.concat([
        bytes.subarray(0, offset),
        Buffer.alloc(Math.max(offset - bytes.length, 0)),
        written,
        bytes.subarray(offset + written.length),
      ])
      const isText = Buffer.from(wanted.toString()).equals(wanted)
      if (isText) expect(overwritten('k', whole, offset, value)).toBe(wanted.toString())
      else
        expect(() => overwritten('k', whole, offset, value)).toThrow(
          expect.objectContaining({ code: 'OUT_OF_RANGE' }),
        )
    }),
  )
})

test('the message says what was to be written where', () => {
  expect(() => overwritten('k', 'é', 1, 'ab')).toThrow(
    '2 bytes at 1 of "k" would cut a character, and leave no text',
  )
})
