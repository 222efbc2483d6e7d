import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Deque } from './deque.ts'

type Step = (list: Deque, model: string[]) => void

const value = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 2 })
const index = fc.nat({ max: 40 })

/** Changes of list and model alike, each checked for its answer. */
const step: fc.Arbitrary<Step> = fc.oneof(
  value.map(
    (text): Step =>
      (list, model) => {
        list.pushHead(text)
        model.unshift(text)
      },
  ),
  value.map(
    (text): Step =>
      (list, model) => {
        list.pushTail(text)
        model.push(text)
      },
  ),
  fc.array(value, { minLength: 1, maxLength: 30 }).map(
    (texts): Step =>
      (list, model) => {
        for (const text of texts) list.pushTail(text)
        model.push(...texts)
      },
  ),
  fc.constant<Step>((list, model) => expect(list.popHead()).toBe(model.shift())),
  fc.constant<Step>((list, model) => expect(list.popTail()).toBe(model.pop())),
  fc.tuple(index, value).map(
    ([at, text]): Step =>
      (list, model) => {
        if (at >= model.length) return
        list.set(at, text)
        model[at] = text
      },
  ),
  fc.tuple(index, value).map(
    ([at, text]): Step =>
      (list, model) => {
        const place = Math.min(at, model.length)
        list.insert(place, text)
        model.splice(place, 0, text)
      },
  ),
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 9 }), fc.boolean()).map(
    ([at, most, fromTail]): Step =>
      (list, model) => {
        const text = model[at % model.length] ?? 'none'
        const places = [...model.keys()].filter((place) => model[place] === text)
        const gone = fromTail ? places.slice(-most) : places.slice(0, most)
        expect(list.remove(text, most, fromTail)).toBe(gone.length)
        for (const place of gone.reverse()) model.splice(place, 1)
      },
  ),
  fc.tuple(index, index).map(
    ([from, length]): Step =>
      (list, model) => {
        const start = Math.min(from, model.length)
        const end = Math.min(start + length, model.length)
        list.trim(start, end)
        model.splice(end)
        model.splice(0, start)
      },
  ),
)

test('M4: a deque does what an array does, and keeps its accounts', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), index, index, (steps, from, length) => {
      const list = new Deque()
      const model: string[] = []
      for (const change of steps) {
        const [before, revision] = [[...model], list.revision]
        change(list, model)
        expect(list.size).toBe(model.length)
        if (before.join('\0') !== model.join('\0')) expect(list.revision).toBeGreaterThan(revision)
      }
      expect(list.dump()).toEqual(model)
      const start = Math.min(from, model.length)
      const end = Math.min(start + length, model.length)
      expect(list.range(start, end)).toEqual(model.slice(start, end))
      for (let at = -1; at <= model.length; at++) expect(list.at(at)).toBe(model[at])
      const fresh = new Deque(model)
      expect([list.chars, list.bytes]).toEqual([model.join('').length, fresh.bytes])
    }),
    { numRuns: 300 },
  )
})

test('what changes nothing leaves the revision', () => {
  const list = new Deque(['a', 'b'])
  const { revision } = list
  list.trim(0, 2)
  expect(new Deque().popHead()).toBeUndefined()
  expect(list.revision).toBe(revision)
})

test('M4: a million values are pushed, read in pages and taken from both ends', () => {
  const list = new Deque()
  for (let at = 0; at < 500_000; at++) {
    list.pushHead(`h${at}`)
    list.pushTail(`t${at}`)
  }
  expect(list.range(499_999, 500_001)).toEqual(['h0', 't0'])
  for (let page = 0; page < 10_000; page++) expect(list.range(page * 100, page * 100 + 100).length).toBe(100)
  for (let at = 499_999; at >= 0; at--)
    if (list.popHead() !== `h${at}` || list.popTail() !== `t${at}`) expect.fail(`wrong value at ${at}`)
  expect([list.size, list.chars, list.bytes]).toEqual([0, 0, new Deque().bytes])
})
