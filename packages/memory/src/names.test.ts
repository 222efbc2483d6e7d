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

/** Far more of them share a hash than a bucket has room for, since only the ends of long names count. */
const alike = (n: number) => `${String(n).padStart(4, '0')}${'-'.repeat(64)}`
const other = (n: number) => `m${n}`

test('every name of many is found, whatever comes and goes, also where names share a hash', () => {
  const change = fc.record({
    from: fc.nat(2500),
    count: fc.nat(1500),
    adds: fc.boolean(),
    nameOf: fc.constantFrom(alike, other),
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
      const names = new Names()
      const model = new Set<string>()
      for (const { from, count, adds, nameOf } of changes) {
        for (let n = from; n < from + count; n++) {
          const name = nameOf(n)
          const place = names.placeOf(name)
          if (place >= 0 !== model.has(name)) throw new Error(`${name}: ${place}`)
          if (adds && place < 0) names.add(name)
          if (!adds && place >= 0) names.remove(place)
          adds ? model.add(name) : model.delete(name)
        }
      }
      expect(names.size).toBe(model.size)
      for (const [place, name] of names.list.entries())
        if (names.placeOf(name) !== place) throw new Error(`${name}: ${names.placeOf(name)}, not ${place}`)
      for (let n = 0; n < 4000; n++)
        for (const name of [alike(n), other(n)])
          if (names.placeOf(name) >= 0 !== model.has(name)) throw new Error(`${name}: ${!model.has(name)}`)
    }),
    { numRuns: 60 },
  )
})

test('names that share a hash do not slow each other down', () => {
  const timeOf = (nameOf: (n: number) => string) => {
    const all = Array.from({ length: 20_000 }, (_, n) => nameOf(n))
    const names = new Names()
    const start = performance.now()
    for (const name of all) names.add(name)
    for (const name of all) names.placeOf(name)
    return performance.now() - start
  }
  timeOf(other)
  // A chain of all of them would take a thousand times as long.
  expect(timeOf(alike)).toBeLessThan(100 * timeOf(other) + 1_000)
})
