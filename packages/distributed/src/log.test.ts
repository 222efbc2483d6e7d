import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Log } from './log.ts'
import type { LogEntry } from './log-entry.ts'
import { commonPoint } from './span.ts'
import { Stretch } from './stretch.ts'

function entry(offset: number, term: number): LogEntry {
  return { offset, term, time: 0, operations: [], id: null, floor: 0 }
}

function filled(terms: readonly number[]): Log {
  const log = new Log()
  for (const [at, term] of terms.entries()) log.append(entry(at + 1, term))
  return log
}

/** What the entry takes that begins a term, and what one takes that goes on in it. */
const [FIRST, NEXT] = [filled([1]).bytes, filled([1, 1]).bytes - filled([1]).bytes]

const offsets = ({ entries }: Stretch): number[] => entries.map(({ offset }) => offset)

describe('a log', () => {
  test('begins with nothing, which is before everything', () => {
    const log = new Log()
    expect([log.base, log.last, log.lastTerm, log.bytes, log.termAt(0)]).toEqual([0, 0, 0, 0, 0])
    expect(log.get(1)).toBeUndefined()
  })

  test('forgets its oldest entries when they do not fit, but none that are still needed', () => {
    const log = filled([1, 1, 1, 2, 2, 2])
    log.trim(2.5 * NEXT, 6)
    expect([log.base, log.last, log.bytes]).toEqual([4, 6, 2 * NEXT])
    expect([log.termAt(4), log.termAt(3)]).toEqual([2, undefined])
    log.trim(0, 5)
    expect([log.base, log.last]).toEqual([5, 6])
  })

  test('takes back what was never committed', () => {
    const log = filled([1, 1, 2])
    log.truncate(1)
    log.append(entry(2, 3))
    expect([log.last, log.lastTerm, log.bytes]).toEqual([2, 3, 2 * FIRST])
    expect(offsets(log.after(0, 1_000))).toEqual([1])
    expect(offsets(log.after(1, 1_000))).toEqual([2])
  })

  test('answers what comes next by bytes, one entry at least', () => {
    const log = filled([1, 1, 1, 1])
    expect(offsets(log.after(1, 2.5 * NEXT))).toEqual([2, 3])
    expect(offsets(log.after(1, 1))).toEqual([2])
    expect(offsets(log.after(0, FIRST + NEXT))).toEqual([1, 2])
    expect(offsets(log.after(0, 0))).toEqual([])
    expect(offsets(log.after(4, 100))).toEqual([])
  })

  test('keeps nothing of what others read', () => {
    const log = filled([1, 1, 1])
    const told = log.after(0, 1_000)
    expect(told.entries).toHaveLength(3)
    expect(log.after(0, 1_000)).not.toBe(told)
  })

  test('takes back what cannot be written, and goes on', () => {
    const log = filled([1])
    const command = { name: 'set', args: ['key', () => 1] }
    const wrong: LogEntry = { ...entry(2, 1), operations: [{ kind: 'run', command }] }
    expect(() => log.append(wrong)).toThrow('no data')
    log.append(entry(2, 1))
    expect(log.after(0, 1_000).entries).toEqual([entry(1, 1), entry(2, 1)])
  })

  test('17: stays within its bytes however much is written', () => {
    const log = new Log()
    for (let offset = 1; offset <= 10_000; offset++) {
      log.append(entry(offset, 1))
      log.trim(1_000, offset)
      expect(log.bytes).toBeLessThanOrEqual(1_000)
    }
    expect(offsets(log.after(9_950, 10_000))[0]).toBe(9_951)
    expect(log.get(9_950)?.offset).toBe(9_950)
  })
})

test('whatever happens to it, what lies there is what was appended, and so is what another log took of it', () => {
  const act = fc.oneof(
    { weight: 6, arbitrary: fc.record({ append: fc.integer({ min: 1, max: 600 }), size: fc.nat(2_000) }) },
    { weight: 6, arbitrary: fc.record({ tell: fc.nat(40_000) }) },
    { weight: 2, arbitrary: fc.record({ trim: fc.nat(300_000), open: fc.nat(300) }) },
    { weight: 1, arbitrary: fc.record({ truncate: fc.nat(300) }) },
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      const log = new Log()
      const other = new Log()
      const all: LogEntry[] = []
      let term = 1
      let kept = 0
      for (const each of acts) {
        if ('append' in each) {
          for (let count = 0; count < each.append; count++) {
            const offset = all.length + 1
            const command = {
              name: 'set',
              args: [`key:${offset % 7}`, 'x'.repeat(offset % 90 ? 9 : each.size)],
            }
            const id = offset % 5 ? { origin: `node${offset % 2}`, seq: offset } : null
            const floor = offset - (offset % 3)
            const one = {
              term,
              offset,
              time: offset * 3,
              operations: [{ kind: 'run' as const, command }],
              id,
              floor,
            }
            all.push(one)
            log.append(one)
            log.setDigest(offset, offset * 7)
          }
        } else if ('tell' in each) {
          // Now and then some of it is told again.
          const from = Math.max(other.last - (each.tell % 3), log.base)
          if (from > other.last) other.reset(log.base, log.termAt(log.base) ?? 0)
          other.take(log.after(from, each.tell))
        } else if ('trim' in each) {
          kept = Math.max(kept, all.length - each.open)
          log.trim(each.trim, kept)
        } else {
          all.length = Math.max(kept, all.length - each.truncate)
          log.truncate(all.length)
          other.truncate(all.length)
          term++
        }
      }
      for (const one of [log, other]) {
        const known = all.slice(one.base, one.last)
        expect(known.map(({ offset }) => one.get(offset))).toEqual(known)
        const told: LogEntry[] = []
        for (let from = one.base; from < one.last; from = told.at(-1)?.offset ?? one.last)
          told.push(...one.after(from, 5_000).entries)
        expect(told).toEqual(known)
        expect(known.map(({ offset }) => one.termAt(offset))).toEqual(known.map((entry) => entry.term))
        expect(one.bytes).toBe(one.end(one.last) - one.end(one.base))
      }
      expect([log.last, log.lastTerm]).toEqual([all.length, all.at(-1)?.term ?? 0])
      const here = all.slice(log.base)
      expect(here.map(({ offset }) => log.digestAt(offset))).toEqual(here.map(({ offset }) => offset * 7))
      expect(log.termAt(log.base - 1)).toBeUndefined()
    }),
    { numRuns: 200 },
  )
})

test('what was written for one follower is what goes to all, byte for byte, and what they keep', () => {
  const log = filled(Array.from({ length: 500 }, () => 1))
  const [one, other] = [log.after(0, 10_000), log.after(0, 10_000)]
  expect(one.bytes.buffer).toBe(other.bytes.buffer)
  const follower = new Log()
  follower.take(new Stretch(one.first, one.length, Buffer.from(one.bytes)))
  expect(follower.after(0, 10_000).bytes.equals(one.bytes)).toBe(true)
  expect(follower.bytes).toBe(log.end(follower.last))
})

test('3: two logs with a common beginning meet where it ends, if both still know', () => {
  const terms = fc.array(fc.boolean(), { maxLength: 12 })
  fc.assert(
    fc.property(terms, terms, terms, fc.nat(12), fc.nat(12), (shared, left, right, leftBase, rightBase) => {
      // Each leader begins a term of its own: beyond the common part no term is in both.
      const grown = (own: readonly boolean[], first: number) => {
        let term = 1
        const common = shared.map((isNext) => (term += Number(isNext)))
        let next = first
        return [...common, ...own.map((isNext) => (next += isNext ? 2 : 0))]
      }
      const ours = filled(grown(left, 100))
      const theirs = filled(grown(right, 101))
      ours.trim(0, leftBase)
      theirs.trim(0, rightBase)
      const met = commonPoint(ours.spans(), theirs.spans())
      const known = Math.max(ours.base, theirs.base)
      if (known <= shared.length) expect(met).toBe(shared.length)
      else expect(met).toBeUndefined()
    }),
    { numRuns: 2_000 },
  )
})
