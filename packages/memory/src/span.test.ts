import { expect, test } from 'vitest'
import { span } from './span.ts'

test.each([
  [0, -1, 5, [0, 5]],
  [1, 3, 5, [1, 4]],
  [-2, -1, 5, [3, 5]],
  [-100, 100, 5, [0, 5]],
  [4, 4, 5, [4, 5]],
  [5, 9, 5, [0, 0]],
  [3, 1, 5, [0, 0]],
  [0, -6, 5, [0, 0]],
  [0, -1, 0, [0, 0]],
])('%i to %i of %i values', (start, stop, size, part) => {
  expect(span(start, stop, size)).toEqual(part)
})
