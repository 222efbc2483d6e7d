import { expect, test, vi } from 'vitest'
import { apart } from './apart.ts'

test('what a listener throws is thrown apart from who called it', () => {
  const later = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => {})
  const throwing = apart((_: number) => {
    throw new Error('of the listener')
  })
  expect(() => throwing(1)).not.toThrow()
  expect(() => later.mock.calls[0]?.[0]()).toThrow('of the listener')
  later.mockRestore()
  const heard = vi.fn()
  apart(heard)(1, 2)
  expect(heard).toHaveBeenCalledWith(1, 2)
  expect(() => apart(undefined)()).not.toThrow()
})
