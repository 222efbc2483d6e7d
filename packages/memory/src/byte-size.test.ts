import { expect, test } from 'vitest'
import { bytesOf } from './byte-size.ts'

test.each([
  [1024, 1024],
  [10.9, 10],
  ['1kb', 1024],
  ['1.5kb', 1536],
  ['64mb', 67_108_864],
  ['2gb', 2_147_483_648],
])('%s is %i bytes', (size, bytes) => {
  expect(bytesOf(size)).toBe(bytes)
})

test.each(['64', '64 mb', '64MB', 'mb', '-1mb', '1tb', '', null, undefined, {}, true])(
  '%s is no size',
  (size) => {
    expect(bytesOf(size)).toBeNaN()
  },
)
