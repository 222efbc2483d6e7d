import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commonPoint, Log } from './log.ts'
import type { LogEntry } from './log-entry.ts'

function entry(offset: number, term: number, bytes = 10): LogEntry {
  return { offset, term, time: 0, operations: [], id: null, floor: 0, bytes }
}

function filled(terms: readonly number[], bytes = 10): Log {
  const log = new Log()
  for (const [at, term] of terms.entries()) log.append(entry(at + 1, term, bytes))
  return log
}

describe('a log', () => {
  test('begins with nothing, which is before everything', () => {
    const log = new Log()
    expect([log.base, log.last, log.lastTerm, log.bytes, log.termAt(0)]).toEqual([0, 0, 0, 0, 0])
    expect(log.get(1)).toBeUndefined()
  })

  test('forgets its oldest entries when they do not fit, but none that are still needed', () => {
    const log = filled([1, 1, 1, 2, 2, 2])
    log.trim(25, 6)
    expect([log.base, log.last, log.bytes, log.termAt(4), log.termAt(3)]).toEqual([4, 6, 20, 2, undefined])
    log.trim(0, 5)
    expect([log.base, log.last]).toEqual([5, 6])
  })

  test('takes back what was never committed', () => {
    const log = filled([1, 1, 2])
    log.truncate(1)
    log.append(entry(2, 3))
    expect([log.last, log.lastTerm, log.bytes]).toEqual([2, 3, 20])
  })

  test('answers what comes next by bytes, one entry at least', () => {
    const log = filled([1, 1, 1, 1])
    expect(log.after(1, 25).map(({ offset }) => offset)).toEqual([2, 3])
    expect(log.after(1, 1).map(({ offset }) => offset)).toEqual([2])
    expect(log.after(4, 100)).toEqual([])
  })

  test('17: stays within its bytes however much is written', () => {
    const log = new Log()
    for (let offset = 1; offset <= 10_000; offset++) {
      log.append(entry(offset, 1))
      log.trim(1_000, offset)
      expect(log.bytes).toBeLessThanOrEqual(1_000)
    }
    expect(log.after(9_950, 10_000)).toHaveLength(50)
    expect(log.get(9_950)?.offset).toBe(9_950)
  })
})

test('what lies there packed is what was appended', () => {
  const act = fc.oneof(
    { weight: 6, arbitrary: fc.record({ append: fc.integer({ min: 1, max: 600 }), bytes: fc.nat(2_000) }) },
    { weight: 2, arbitrary: fc.record({ trim: fc.nat(300_000), open: fc.nat(300) }) },
    { weight: 1, arbitrary: fc.record({ truncate: fc.nat(300) }) },
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      const log = new Log()
      const all: LogEntry[] = []
      let term = 1
      let kept = 0
      for (const each of acts) {
        if ('append' in each) {
          for (let count = 0; count < each.append; count++) {
            const offset = all.length + 1
            const command = { name: 'set', args: [`key:${offset % 7}`, 'x'.repeat(offset % 90)] }
            const id = offset % 5 ? { origin: `node${offset % 2}`, seq: offset } : null
            const floor = offset - (offset % 3)
            const bytes = each.bytes
            all.push({
              term,
              offset,
              time: offset * 3,
              operations: [{ kind: 'run', command }],
              id,
              floor,
              bytes,
            })
            log.append(all.at(-1) ?? entry(0, 0))
            log.setDigest(offset, offset * 7)
          }
        } else if ('trim' in each) {
          kept = Math.max(kept, all.length - each.open)
          log.trim(each.trim, kept)
        } else {
          all.length = Math.max(kept, all.length - each.truncate)
          log.truncate(all.length)
          term++
        }
      }
      const known = all.slice(log.base)
      expect([log.last, log.lastTerm]).toEqual([all.length, all.at(-1)?.term ?? 0])
      expect(log.bytes).toBe(known.reduce((sum, { bytes }) => sum + bytes, 0))
      expect(log.after(log.base, Number.POSITIVE_INFINITY)).toEqual(known)
      expect(known.map(({ offset }) => log.digestAt(offset))).toEqual(known.map(({ offset }) => offset * 7))
      expect(all.map(({ offset }) => log.termAt(offset))).toEqual(
        all.map((each) => (each.offset >= log.base ? each.term : undefined)),
      )
    }),
    { numRuns: 100 },
  )
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
