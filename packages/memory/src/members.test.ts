import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Members } from './members.ts'

const step = fc.tuple(fc.constantFrom('add', 'delete', 'take'), fc.string({ maxLength: 2 }))

test('a set does what a Set does, and keeps its accounts', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const set = new Members()
      const model = new Set<string>()
      for (const [change, text] of steps) {
        const { revision } = set
        const before = model.size
        if (change === 'add') {
          expect(set.add(text)).toBe(!model.has(text))
          model.add(text)
        } else if (change === 'delete') expect(set.delete(text)).toBe(model.delete(text))
        else if (set.size) expect(model.delete(set.take(text.length % set.size))).toBe(true)
        expect(set.revision > revision).toBe(model.size !== before)
        expect([set.size, set.has(text)]).toEqual([model.size, model.has(text)])
      }
      expect(new Set(set.dump())).toEqual(model)
      expect(set.dump()).toEqual(set.list)
      expect(set.chars).toBe([...model].join('').length)
    }),
    { numRuns: 300 },
  )
})

test('what is empty again weighs what it weighed', () => {
  const set = new Members()
  const { bytes } = set
  for (let n = 0; n < 100; n++) set.add(`member ${n}`)
  expect(set.bytes).toBeGreaterThan(bytes + 100 * 50)
  while (set.size) set.take(set.size >> 1)
  expect([set.bytes, set.chars]).toEqual([bytes, 0])
})
