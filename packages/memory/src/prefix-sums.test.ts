import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PrefixSums } from './prefix-sums.ts'

const total = (counts: readonly number[], end: number) =>
  counts.slice(0, end).reduce((sum, count) => sum + count, 0)

test('sums and places are those of adding up, also after changes', () => {
  const change = fc.tuple(fc.nat(), fc.integer({ min: -3, max: 9 }))
  fc.assert(
    fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 70 }), fc.array(change), (counts, changes) => {
      const sums = new PrefixSums(counts)
      for (const [at, by] of changes) {
        const place = at % counts.length
        const applied = Math.max(by, -(counts[place] ?? 0))
        counts[place] = (counts[place] ?? 0) + applied
        sums.add(place, applied)
      }
      for (let place = 0; place <= counts.length; place++)
        expect(sums.before(place)).toBe(total(counts, place))
      for (let sum = 0; sum < total(counts, counts.length); sum++) {
        expect(sums.find(sum)).toBe(counts.findIndex((_, place) => total(counts, place + 1) > sum))
      }
    }),
  )
})
