import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keySlot } from './key-slot.ts'

test.each([
  ['', 0],
  ['foo', 12182],
  ['123456789', 0x31c3],
  ['{user1000}.following', 3443],
  ['{user1000}.followers', 3443],
  ['foo{}{bar}', 8363],
  ['foo{{bar}}zap', 4015],
  ['foo{bar}{zap}', 5061],
])('R1: %s has the slot %i, as the server says', (key, slot) => {
  expect(keySlot(key)).toBe(slot)
})

test('R1: keys with one hash tag have one slot', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), fc.string(), (tag, before, after) => {
      fc.pre(!/[{}]/.test(tag + before))
      expect(keySlot(`${before}{${tag}}${after}`)).toBe(keySlot(`{${tag}}`))
    }),
  )
})
