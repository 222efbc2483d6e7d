import { describe, expect, test } from 'vitest'
import { toldKeys } from './told-keys.ts'

const bytes = (...names: readonly (string | readonly number[])[]) =>
  names.map((name) => (typeof name === 'string' ? Buffer.from(name) : Buffer.from(name)))

describe('C3: names in bytes as keys', () => {
  test.each([[['a', 'b,c', '', ' ', '😀漢é', '\u0000\r\n', '\uFEFFbom']]])(
    '%j are told as they are',
    (keys) => {
      expect(toldKeys(bytes(...keys))).toEqual({ kind: 'keys', keys })
    },
  )

  test('bytes that are no UTF-8 name no key of ours', () => {
    expect(toldKeys(bytes([0xff, 0xfe], 'a', [0xe2, 0x82]))).toEqual({ kind: 'keys', keys: ['a'] })
    expect(toldKeys(bytes([0xff]))).toBe(undefined)
    expect(toldKeys([])).toBe(undefined)
  })

  test('a key that half a surrogate pair was sent as may be any of several: all are in doubt', () => {
    expect(toldKeys(bytes('a', 'x\uD800y'))).toEqual({ kind: 'all' })
    expect(toldKeys(bytes('x\uFFFDy'))).toEqual({ kind: 'all' })
  })
})
