import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Ranked, UNSETTLED } from './ranked.ts'

/** The same by sorting anew each time, in the order that UTF-8 bytes have. */
class Model {
  readonly scores = new Map<string, number>()

  sorted(): [string, number][] {
    return [...this.scores].sort((a, b) => compare(a, b))
  }

  /** How many come before, by counting. */
  rank(score: number, member: string | undefined): number {
    const all = [...this.scores]
    return all.filter((each) =>
      member === undefined ? each[1] <= score : compare(each, [member, score]) < 0,
    ).length
  }
}

/** The difference of equal infinities is NaN, which falls through to the members. */
const compare = ([a, x]: [string, number], [b, y]: [string, number]) =>
  x - y || Buffer.compare(Buffer.from(a), Buffer.from(b))

const pair = (member: string, score: number): [string, number] => [member, score]

const awkward = [
  '',
  '__proto__',
  'constructor',
  '😀',
  '\uFFFD',
  '\uE000',
  '\uD7FF',
  'a',
  'a\0',
  'ä',
  '\uFF01',
]
const member = fc.oneof(
  fc.constantFrom(...awkward),
  fc.nat(3000).map((n) => `m${n}`),
)
const score = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
  fc.double({ noNaN: true }).map((value) => value + 0),
  fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
)
const size = fc.oneof({ weight: 3, arbitrary: fc.nat(40) }, fc.nat(1500))

type Step = (set: Ranked, model: Model) => void

const sets = fc.record({ member, score }).map(
  ({ member, score }): Step =>
    (set, model) => {
      const changes = model.scores.get(member) !== score
      const { revision } = set
      set.set(member, score)
      model.scores.set(member, score)
      expect(set.revision > revision).toBe(changes)
    },
)

/** Many at once, so that runs are split: rising, falling, all the same, or scattered. */
const fills = fc.record({ count: size, from: fc.nat(3000), slope: fc.constantFrom(1, -1, 0, 7919) }).map(
  ({ count, from, slope }): Step =>
    (set, model) => {
      for (let n = from; n < from + count; n++) {
        set.set(`m${n}`, (n * slope) % 1000 || 0)
        model.scores.set(`m${n}`, (n * slope) % 1000 || 0)
      }
    },
)

const deletes = fc.record({ member }).map(
  ({ member }): Step =>
    (set, model) => {
      const { revision } = set
      const existed = model.scores.delete(member)
      expect([set.delete(member), set.revision > revision]).toEqual([existed, existed])
    },
)

/** Many one by one, so that runs become short and are joined. */
const thins = fc.record({ from: fc.nat(3000), count: size }).map(
  ({ from, count }): Step =>
    (set, model) => {
      for (let n = from; n < from + count; n++) expect(set.delete(`m${n}`)).toBe(model.scores.delete(`m${n}`))
    },
)

const ranges = fc.record({ at: fc.nat(), count: size, removes: fc.boolean() }).map(
  ({ at, count, removes }): Step =>
    (set, model) => {
      const start = at % (set.size + 1)
      const end = Math.min(start + count, set.size)
      const part = model.sorted().slice(start, end)
      expect(set.range(start, end, pair)).toEqual(part)
      if (!removes) return
      const { revision } = set
      set.remove(start, end)
      for (const [name] of part) model.scores.delete(name)
      expect(set.revision > revision).toBe(part.length > 0)
    },
)

const bounds = fc.record({ score, member: fc.option(member, { nil: undefined }) }).map(
  ({ score, member }): Step =>
    (set, model) => {
      expect(set.rank(score, member)).toBe(model.rank(score, member))
    },
)

function expectSame(set: Ranked, model: Model): void {
  const sorted = model.sorted()
  expect(set.dump()).toEqual(sorted)
  expect(set.size).toBe(sorted.length)
  expect(set.chars).toBe(sorted.reduce((sum, [member]) => sum + member.length, 0))
  const fresh = new Ranked()
  sorted.forEach(([member, score], rank) => {
    fresh.set(member, score)
    if (set.score(member) !== score || set.rank(score, member) !== rank)
      throw new Error(`${member} is ${set.score(member)}, ${set.rank(score, member)}, not ${score}, ${rank}`)
  })
  // What has room for more keeps some of it, but not much.
  expect(set.bytes).toBeLessThan(8 * fresh.bytes)
  if (set.size <= 32) expect(set.bytes).toBe(fresh.bytes)
  const inPlaces = sorted.map((_, place) => set.at(place))
  expect(inPlaces.sort(compare)).toEqual(sorted)
}

test('M4: a sorted set does what sorting anew would', () => {
  const step = fc.oneof(
    { weight: 8, arbitrary: sets },
    { weight: 2, arbitrary: fills },
    { weight: 4, arbitrary: deletes },
    { weight: 1, arbitrary: thins },
    { weight: 2, arbitrary: ranges },
    { weight: 2, arbitrary: bounds },
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const set = new Ranked()
      const model = new Model()
      for (const step of steps) step(set, model)
      expectSame(set, model)
    }),
    { numRuns: 150 },
  )
})

describe('M4: a long set stays in order through its life', () => {
  const members = Array.from({ length: 5000 }, (_, n) => `m${(n * 2_654_435_761) % 5000}`)

  test.each([
    ['rising', (n: number) => n],
    ['falling', (n: number) => 5000 - n],
    ['all the same', () => 1],
    ['scattered', (n: number) => (n * 7919) % 101],
  ])('%s', (_, scoreOf) => {
    const set = new Ranked()
    const model = new Model()
    const fill = () =>
      members.forEach((member, n) => {
        set.set(member, scoreOf(n))
        model.scores.set(member, scoreOf(n))
      })
    fill()
    expectSame(set, model)
    // Runs in the middle go as a whole, and what comes again finds its place.
    set.remove(300, 4000)
    for (const [member] of model.sorted().slice(300, 4000)) model.scores.delete(member)
    expectSame(set, model)
    fill()
    expectSame(set, model)
    members.forEach((member, n) => {
      if (n % 10 === 0) return
      set.delete(member)
      model.scores.delete(member)
    })
    expectSame(set, model)
    set.remove(3, 490)
    for (const [member] of model.sorted().slice(3, 490)) model.scores.delete(member)
    expectSame(set, model)
    set.remove(0, set.size)
    expect([set.size, set.chars, set.bytes, set.dump()]).toEqual([0, 0, new Ranked().bytes, []])
    set.set('again', 1)
    expect(set.dump()).toEqual([['again', 1]])
  })
})

test('M4: ranks follow every change of a long set', () => {
  const set = new Ranked()
  const model = new Model()
  for (let n = 0; n < 1000; n++) {
    const member = `m${(n * 7919) % 700}`
    const score = (n * 104_729) % 601
    if (n % 5 === 4) {
      set.delete(member)
      model.scores.delete(member)
    } else {
      set.set(member, score)
      model.scores.set(member, score)
    }
    expect(set.rank(300)).toBe(model.rank(300, undefined))
  }
})

test('an element moves to no higher place but the first ones, whatever comes and goes', () => {
  const change = fc.record({ from: fc.nat(120), count: fc.nat(90), adds: fc.boolean() })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const set = new Ranked()
      let places = new Map<string, number>()
      for (const { from, count, adds } of changes) {
        for (let n = from; n < from + count; n++) {
          if (adds) set.set(`m${n}`, (n * 7919) % 31)
          else set.delete(`m${n}`)
          const now = new Map(Array.from({ length: set.size }, (_, place) => [set.at(place)[0], place]))
          for (const [member, place] of now)
            if (place >= UNSETTLED && place > (places.get(member) ?? place))
              throw new Error(`${member} moved from ${places.get(member)} to ${place}`)
          places = now
        }
      }
    }),
    { numRuns: 30 },
  )
})

test('NaN never gets in', () => {
  const set = new Ranked()
  set.set('a', 1)
  const { revision } = set
  for (const member of ['a', 'b'])
    expect(() => set.set(member, Number.NaN)).toThrow(expect.objectContaining({ code: 'NOT_A_NUMBER' }))
  expect([set.dump(), set.revision]).toEqual([[['a', 1]], revision])
})

test('-0 is 0', () => {
  const set = new Ranked()
  set.set('a', -0)
  expect(Object.is(set.score('a'), 0)).toBe(true)
  const { revision } = set
  set.set('a', -0)
  expect(set.revision).toBe(revision)
})

describe('M2: the estimate of bytes is within a fifth of the heap', () => {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void

  /** What is left when collecting finds no more: buffers are freed some time after the objects that held them. */
  const heap = async () => {
    let used = Number.NaN
    for (let round = 0; round < 50; round++) {
      gc()
      await new Promise((resolve) => setTimeout(resolve, 10))
      const { heapUsed, arrayBuffers } = process.memoryUsage()
      if (Math.abs(heapUsed + arrayBuffers - used) < 5_000) break
      used = heapUsed + arrayBuffers
    }
    return used
  }

  // About a megabyte each, so that what else the engine allocates is small against it.
  test.each([
    [3000, 1, 1],
    [2000, 5, 5],
    [600, 32, 32],
    [300, 33, 33],
    [20, 1000, 1000],
    [1, 20_000, 20_000],
    [2000, 100, 5],
    // Again where the engine allocated something else meanwhile.
  ])('%i sets of %i, cut down to %i', { retry: 2 }, async (count, size, rest) => {
    const make = () =>
      Array.from({ length: count }, () => {
        const set = new Ranked()
        for (let n = 0; n < size; n++)
          set.set(Buffer.from(`member:${n}`).toString('latin1'), (n * 7919) % 10_007)
        set.remove(rest, size)
        return set
      })
    make() // So that compiled code is not counted.
    const before = await heap()
    const made = make()
    const real = (await heap()) - before
    const estimate = made.reduce((sum, set) => sum + set.bytes, 0)
    expect(estimate / real).toBeGreaterThan(0.8)
    expect(estimate / real).toBeLessThan(1.2)
  })
})
