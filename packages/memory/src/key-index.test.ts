import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeyIndex } from './key-index.ts'

test('M1: is a Map, whether the keys fit into the first one or not', () => {
  const key = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz')
  const step = fc.oneof(
    fc.record({ what: fc.constant('set' as const), key, slot: fc.nat() }),
    fc.record({ what: fc.constant('delete' as const), key }),
  )
  fc.assert(
    fc.property(fc.nat(10), fc.array(step), (full, steps) => {
      const index = new KeyIndex(full)
      const model = new Map<string, number>()
      for (const step of steps) {
        if (step.what === 'delete') {
          index.delete(step.key)
          model.delete(step.key)
        } else if (!model.has(step.key)) {
          index.set(step.key, step.slot)
          model.set(step.key, step.slot)
        }
        expect([index.size, index.get(step.key)]).toEqual([model.size, model.get(step.key)])
      }
      for (const name of 'abcdefghijklmnopqrstuvwxyz') expect(index.get(name)).toBe(model.get(name))
    }),
  )
})
