import { expect, test } from 'vitest'
import { type Slot, slotsOf } from './slots.ts'

const slotOf = (length: number): Slot => ({
  name: '',
  text: 'x'.repeat(length),
  value: length,
  stamps: undefined,
  freshUntil: 0,
})

test('S3: texts of all slots together keep the limit, and what is asked for stays', () => {
  const slots = slotsOf(20_000)
  for (let at = 0; at < 1_000; at++) {
    slots.set(`k${at}`, slotOf(900))
    slots.get('k0')
  }
  const kept = Array.from({ length: 1_000 }, (_, at) => slots.get(`k${at}`)).filter(Boolean)
  expect(kept.length).toBeLessThanOrEqual(21)
  expect(slots.get('k0')).toBeDefined()
})

test('one key that is set again and again drives out nothing', () => {
  const slots = slotsOf(20_000)
  slots.set('other', slotOf(900))
  for (let at = 0; at < 1_000; at++) slots.set('k', slotOf(900))
  expect(slots.get('other')).toBeDefined()
  slots.delete('k')
  expect(slots.get('k')).toBe(undefined)
  slots.clear()
  expect(slots.get('other')).toBe(undefined)
})
