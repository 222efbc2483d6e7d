import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Ranked } from './ranked.ts'

/** The same by sorting anew each time, in the order that UTF-8 bytes have. */
class Model {
  readonly scores = new Map<string, number>()

  sorted(): [string, number][] {
    return [...this.scores].sort(([a, x], [b, y]) => x - y || Buffer.compare(Buffer.from(a), Buffer.from(b)))
  }
}

const pair = (member: string, score: number): [string, number] => [member, score]

function expectSame(set: Ranked, model: Model): void {
  const sorted = model.sorted()
  expect(set.dump()).toEqual(sorted)
  expect(set.size).toBe(sorted.length)
  sorted.forEach(([member, score], rank) => {
    expect(set.score(member)).toBe(score)
    expect(set.rank(score, member)).toBe(rank)
  })
}

const awkward = [
  '',
  '__proto__',
  'constructor',
  '\u{1F600}',
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
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('set' as const), member, score }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), member }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('remove' as const), at: fc.nat(), count: fc.nat(40) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('range' as const), at: fc.nat(), count: fc.nat(40) }),
  },
)

describe('M4: a sorted set does what sorting anew would', () => {
  test.each([0, 2000])('from %i members', (initial) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const set = new Ranked()
        const model = new Model()
        for (let n = 0; n < initial; n++) {
          set.set(`m${n}`, (n * 7919) % 11)
          model.scores.set(`m${n}`, (n * 7919) % 11)
        }
        for (const step of steps) {
          const { revision } = set
          const before = model.scores.size
          switch (step.kind) {
            case 'set': {
              const changed = model.scores.get(step.member) !== step.score
              set.set(step.member, step.score)
              model.scores.set(step.member, step.score)
              expect(set.revision > revision).toBe(changed)
              break
            }
            case 'delete':
              expect(set.delete(step.member)).toBe(model.scores.delete(step.member))
              expect(set.revision > revision).toBe(model.scores.size < before)
              break
            default: {
              const start = step.at % (before + 1)
              const end = Math.min(start + step.count, before)
              const part = model.sorted().slice(start, end)
              expect(set.range(start, end, pair)).toEqual(part)
              if (step.kind === 'range') break
              set.remove(start, end)
              for (const [name] of part) model.scores.delete(name)
              expect(set.revision > revision).toBe(part.length > 0)
            }
          }
        }
        expectSame(set, model)
      }),
      { numRuns: initial ? 10 : 200 },
    )
  })
})
