import type { LexBound } from '@jcache/driver'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Ranked } from './ranked.ts'
import { lexed } from './ranks.ts'

/** As the server compares: by the bytes. */
const compare = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

const isFrom = (min: LexBound, member: string) =>
  min === '-' || (min !== '+' && compare(member, min.slice(1)) >= (min[0] === '(' ? 1 : 0))

const isTo = (max: LexBound, member: string) =>
  max === '+' || (max !== '-' && compare(member, max.slice(1)) <= (max[0] === '(' ? -1 : 0))

const text = fc.oneof(
  fc.constantFrom('', 'a', 'a\0', 'a\0\0', 'b', '(', '[a', '+', '\uffff', '\u{10000}', '😀', '\ud7ff'),
  fc.nat(500).map((n) => `m${n}`),
)
const bound = fc.oneof(
  fc.constantFrom<LexBound>('-', '+'),
  text.map((member): LexBound => `[${member}`),
  text.map((member): LexBound => `(${member}`),
)

test('K3: a range by bytes is what lies between its bounds', () => {
  const score = fc.constantFrom(0, 1.5, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  fc.assert(
    fc.property(score, fc.uniqueArray(text, { maxLength: 400 }), bound, bound, (score, members, min, max) => {
      const set = new Ranked()
      for (const member of members) set.set(member, score)
      expect(set.range(...lexed(set, min, max), (member) => member)).toEqual(
        members.sort(compare).filter((member) => isFrom(min, member) && isTo(max, member)),
      )
    }),
  )
})

test('K3: where scores differ, it is what Redis finds in short sets', () => {
  const pair = fc.tuple(text, fc.nat(3))
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 60 }), bound, bound, (pairs, min, max) => {
      const set = new Ranked()
      for (const [member, score] of pairs) set.set(member, score)
      const found: string[] = []
      const all = set.dump().map(([member]) => member)
      // As the server reads a short set: from its beginning, but not at all where its last member lies before the range.
      for (const member of isFrom(min, all.at(-1) ?? '') ? all : []) {
        const began = found.length > 0
        if (!began && !isFrom(min, member)) continue
        if (!isTo(max, member)) break
        found.push(member)
      }
      expect(set.range(...lexed(set, min, max), (member) => member)).toEqual(found)
    }),
    { numRuns: 500 },
  )
})
