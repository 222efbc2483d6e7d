import fc from 'fast-check'
import { expect, test } from 'vitest'
import { picks } from './picks.ts'

test('picks are different places, as many as asked for and as there are', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(60), (size, count) => {
      const places = picks('k', size, count)
      expect(new Set(places).size).toBe(Math.min(size, count))
      expect(places.length).toBe(Math.min(size, count))
      for (const place of places) expect(place >= 0 && place < size && Number.isInteger(place)).toBe(true)
    }),
  )
})

test('below zero, as many as asked for, from one place on', () => {
  expect(picks('k', 1, -5)).toEqual([0, 0, 0, 0, 0])
  expect(picks('k', 0, -5)).toEqual([])
  const places = picks('k', 3, -100)
  expect(places.length).toBe(100)
  expect([...new Set(places)].sort()).toEqual([0, 1, 2])
})

test.each([[1], [3], [-3], [9]])('every place has the same chance (count %i of 10)', (count) => {
  const rounds = 20_000
  const found = new Array<number>(10).fill(0)
  for (let round = 0; round < rounds; round++)
    for (const place of picks('k', 10, count)) found[place] = (found[place] ?? 0) + 1
  const wanted = (rounds * Math.abs(count)) / 10
  // Seven standard deviations: not met by chance in the life of this test.
  for (const times of found) expect(Math.abs(times - wanted)).toBeLessThan(7 * Math.sqrt(wanted))
})

test('S2: a count that no answer could hold is refused', () => {
  expect(() => picks('k', 1, -(2 ** 24) - 1)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }))
})
