import { expect, test, vi } from 'vitest'
import { quietly } from './quietly.ts'

test('what an observer throws or rejects with is heard by nobody', async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  const failing = async () => Promise.reject(new Error('of the observer'))
  const throwing = () => {
    throw new Error('of the observer')
  }
  expect(quietly(failing)()).toBeUndefined()
  expect(quietly(throwing)()).toBeUndefined()
  // Rejections are told once the microtasks are over.
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', unhandled)
  expect(unhandled).not.toHaveBeenCalled()
})

test('an observer gets all arguments, and there may be none', () => {
  const observer = vi.fn()
  quietly(observer)(1, 2)
  expect(observer).toHaveBeenCalledWith(1, 2)
  expect(quietly<[number]>(undefined)(1)).toBeUndefined()
})
