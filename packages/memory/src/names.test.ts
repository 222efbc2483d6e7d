import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appended, Names, takeOut } from './names.ts'

type Step = (names: Names, model: Set<string>) => void

// Few different names, so that they are met again, and enough for an index.
const name = fc.oneof(fc.constantFrom('', '__proto__', 'constructor', '0'), fc.nat(40).map(String))

const add = name.map(
  (each): Step =>
    (names, model) => {
      if (!model.has(each)) names.add(each)
      model.add(each)
    },
)
const remove = name.map(
  (each): Step =>
    (names, model) => {
      const place = names.placeOf(each)
      expect(place >= 0).toBe(model.delete(each))
      if (place >= 0) names.remove(place)
    },
)
const clear = fc.constant<Step>((names, model) => {
  while (names.size) names.remove(names.size >> 1)
  model.clear()
})

test('names hold what a set holds, each in a place of its own', () => {
  const steps = fc.array(
    fc.oneof(
      { weight: 60, arbitrary: add },
      { weight: 50, arbitrary: remove },
      { weight: 1, arbitrary: clear },
    ),
    { maxLength: 300 },
  )
  fc.assert(
    fc.property(steps, (steps) => {
      const names = new Names()
      const model = new Set<string>()
      for (const step of steps) {
        const places = new Map(names.list.map((each, place) => [each, place]))
        step(names, model)
        expect(names.size).toBe(model.size)
        // What scans stand on.
        for (const [place, each] of names.list.entries())
          expect(place).toBeLessThanOrEqual(places.get(each) ?? Number.POSITIVE_INFINITY)
      }
      expect([...names.list].sort()).toEqual([...model].sort())
      for (const [place, each] of names.list.entries()) expect(names.placeOf(each)).toBe(place)
      expect(names.placeOf('none')).toBe(-1)
    }),
  )
})

test('new names come last', () => {
  const names = new Names()
  const all = Array.from({ length: 50 }, (_, n) => `n${n}`)
  for (const each of all) names.add(each)
  expect(names.list).toEqual(all)
  names.remove(10)
  expect([names.list[10], names.size, names.placeOf('n10')]).toEqual(['n49', 49, -1])
})

test('a column goes along with the names', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(30))), (steps) => {
      const names = new Names()
      let column: string[] = []
      for (const [adds, n] of steps) {
        const place = names.placeOf(`n${n}`)
        if (place >= 0 && !adds) {
          names.remove(place)
          takeOut(column, place)
        } else if (place < 0 && adds) {
          names.add(`n${n}`)
          column = appended(column, `of n${n}`)
        }
        expect(column).toEqual(names.list.map((each) => `of ${each}`))
      }
    }),
  )
})
