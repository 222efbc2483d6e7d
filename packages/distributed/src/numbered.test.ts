import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Numbered } from './numbered.ts'

test('is a Map of numbers', () => {
  const act = fc.oneof(
    { weight: 6, arbitrary: fc.record({ add: fc.oneof(fc.constant(1), fc.nat(3), fc.nat(500)) }) },
    { weight: 5, arbitrary: fc.record({ end: fc.nat(200) }) },
    { weight: 1, arbitrary: fc.record({ late: fc.nat(300) }) },
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 300, size: 'max' }), (acts) => {
      const numbered = new Numbered<string>()
      const model = new Map<number, string>()
      let last = 2 ** 31 - 200
      for (const [at, each] of acts.entries()) {
        if ('end' in each) {
          const number = [...model.keys()][each.end] ?? last + each.end
          numbered.delete(number)
          model.delete(number)
        } else {
          if ('add' in each) last += each.add
          const number = 'late' in each ? last - each.late : last
          numbered.set(number, `value ${at}`)
          model.set(number, `value ${at}`)
        }
        expect(numbered.size).toBe(model.size)
      }
      expect(new Map(numbered.entries())).toEqual(model)
      expect(numbered.values()).toHaveLength(model.size)
      const numbers = [...model.keys(), last + 1, last - 1, last - 64, last - 128]
      expect(numbers.map((number) => numbered.get(number))).toEqual(
        numbers.map((number) => model.get(number)),
      )
    }),
    { numRuns: 100 },
  )
})

test('knows the lowest, also one that stays behind for long', () => {
  const numbered = new Numbered<number>()
  numbered.set(7, 7)
  for (let number = 8; number < 10_000; number++) {
    numbered.set(number, number)
    if (number > 100) numbered.delete(number - 90)
  }
  expect([numbered.least, numbered.get(7), numbered.size]).toEqual([7, 7, 94])
  numbered.delete(7)
  expect(numbered.least).toBe(8)
})
