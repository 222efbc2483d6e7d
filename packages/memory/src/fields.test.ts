import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fields } from './fields.ts'

const text = fc.string({ maxLength: 3 })
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ field: text, value: text }) },
  { weight: 2, arbitrary: fc.record({ field: text }) },
)

test('a hash does what a Map does, and keeps its accounts', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const hash = new Fields()
      const model = new Map<string, string>()
      for (const { field, value } of steps as { field: string; value?: string }[]) {
        const { revision } = hash
        const changes = value === undefined ? model.has(field) : model.get(field) !== value
        if (value === undefined) expect(hash.delete(field)).toBe(model.delete(field))
        else {
          hash.set(field, value)
          model.set(field, value)
        }
        expect(hash.get(field)).toBe(model.get(field))
        if (changes) expect(hash.revision).toBeGreaterThan(revision)
      }
      expect(new Map(hash.dump())).toEqual(model)
      expect(hash.size).toBe(model.size)
      hash.names.forEach((field, place) => {
        expect(hash.at(place)).toEqual([field, model.get(field)])
        expect([hash.values[place], hash.has(field)]).toEqual([model.get(field), true])
      })
      const fresh = new Fields(model)
      expect(hash.chars).toBe(fresh.chars)
      // An index outlives the fields that made it for a while.
      expect(Math.abs(hash.bytes - fresh.bytes)).toBeLessThan(800)
    }),
    { numRuns: 300 },
  )
})

test('what is empty again weighs what it weighed', () => {
  const hash = new Fields()
  const { bytes } = hash
  for (let n = 0; n < 100; n++) hash.set(`field ${n}`, 'text')
  expect(hash.bytes).toBeGreaterThan(bytes + 100 * 60)
  for (let n = 0; n < 100; n++) hash.delete(`field ${n}`)
  expect([hash.bytes, hash.chars, hash.size]).toEqual([bytes, 0, 0])
})
