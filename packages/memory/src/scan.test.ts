import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Names } from './names.ts'
import { scan } from './scan.ts'

const namesOf = (count: number) => {
  const names = new Names()
  for (let n = 0; n < count; n++) names.add(`n${n}`)
  return names
}

const page = (names: Names, cursor: string, options = {}) =>
  scan(
    names.size,
    (place) => names.list[place],
    (name) => name,
    cursor,
    options,
  )

test('a walk meets each once and ends', () => {
  for (const size of [0, 1, 9, 10, 11, 100]) {
    const names = namesOf(size)
    const found: string[] = []
    let [cursor, items] = page(names, '0')
    found.push(...items)
    for (let pages = 1; cursor !== '0'; pages++) {
      expect(pages).toBeLessThan(size)
      ;[cursor, items] = page(names, cursor)
      expect(items.length).toBeLessThanOrEqual(10)
      found.push(...items)
    }
    expect(found.sort()).toEqual([...names.list].sort())
  }
})

test('what is there all the while is met, whatever comes and goes', () => {
  const change = fc.array(fc.tuple(fc.boolean(), fc.nat(60)), { maxLength: 8 })
  fc.assert(
    fc.property(fc.nat(60), fc.array(change), fc.integer({ min: 1, max: 12 }), (size, changes, count) => {
      const names = namesOf(size)
      const stays = new Set(names.list)
      const met = new Set<string>()
      let cursor = '0'
      let at = 0
      do {
        const [next, items] = page(names, cursor, { count })
        for (const item of items) met.add(item)
        cursor = next
        for (const [adds, n] of changes[at++] ?? []) {
          const place = names.placeOf(`n${n}`)
          if (adds && place < 0) names.add(`n${n}`)
          else if (!adds && place >= 0) {
            names.remove(place)
            stays.delete(`n${n}`)
          }
        }
      } while (cursor !== '0')
      for (const name of stays) expect(met).toContain(name)
    }),
    { numRuns: 500 },
  )
})

test('the count is of those looked at, the match of those answered', () => {
  const names = namesOf(100)
  expect(page(names, '0', { match: 'n9?', count: 5 })).toEqual(['95', ['n99', 'n98', 'n97', 'n96', 'n95']])
  expect(page(names, '95', { match: 'n9?', count: 50 })).toEqual(['45', ['n94', 'n93', 'n92', 'n91', 'n90']])
  expect(page(names, '0', { match: 'none', count: 100 })).toEqual(['0', []])
})

test('places may be empty, so that a page holds what it would, as long as they are not too many', () => {
  const sparse = (every: number) => (place: number) => (place % every ? undefined : place)
  expect(scan(100, sparse(5), String, '0', { count: 4 })).toEqual(['80', [95, 90, 85, 80]])
  expect(scan(100, sparse(50), String, '0', { count: 4 })).toEqual(['60', []])
  expect(scan(100, sparse(50), String, '60', { count: 4 })).toEqual(['20', [50]])
  expect(scan(5, (place) => (place % 2 ? undefined : place), String, '0', {})).toEqual(['0', [4, 2, 0]])
})

test('a cursor of a time when there was more goes on at the end', () => {
  expect(page(namesOf(3), '18446744073709551615')).toEqual(['0', ['n2', 'n1', 'n0']])
})
