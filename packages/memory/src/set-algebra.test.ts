import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Members } from './members.ts'
import { difference, intersection, union } from './set-algebra.ts'

const set = fc.oneof(
  { weight: 1, arbitrary: fc.constant(undefined) },
  {
    weight: 5,
    arbitrary: fc.array(fc.nat(30).map(String), { maxLength: 40 }).map((all) => new Members(all)),
  },
)

test('sets are met, joined and taken from each other', () => {
  fc.assert(
    fc.property(fc.array(set, { minLength: 1, maxLength: 5 }), (sets) => {
      const all = Array.from({ length: 31 }, (_, n) => String(n))
      const having = (member: string) => sets.map((each) => each?.has(member) ?? false)
      expect(intersection(sets).sort()).toEqual(all.filter((member) => having(member).every(Boolean)).sort())
      expect(union(sets).sort()).toEqual(all.filter((member) => having(member).some(Boolean)).sort())
      expect(difference(sets).sort()).toEqual(
        all
          .filter((member) => {
            const [first, ...others] = having(member)
            return first && !others.some(Boolean)
          })
          .sort(),
      )
    }),
  )
})

test('the smallest set tells what is looked at', () => {
  const [small, large] = [
    new Members(['1', 'x']),
    new Members(Array.from({ length: 1_000 }, (_, n) => `${n}`)),
  ]
  let asked = 0
  const counted = new Proxy(large, {
    get: (target, name) => {
      if (name === 'has') asked++
      const value = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  expect(intersection([counted, small])).toEqual(['1'])
  expect(asked).toBe(2)
})
