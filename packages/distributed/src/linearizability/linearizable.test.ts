import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simulate } from '../simulation/simulate.fixture.ts'
import { linearizable, type TimedCall } from './linearizable.fixture.ts'
import { callsOn, type RegisterInput, register } from './register.fixture.ts'

type Call = TimedCall<RegisterInput, string | number | boolean | null>

const set = (value: string, began: number, ended: number): Call => ({
  began,
  ended,
  input: { name: 'set', value },
  output: ended === Infinity ? undefined : true,
})
const get = (output: string | null, began: number, ended: number): Call => ({
  began,
  ended,
  input: { name: 'get', value: '' },
  output,
})
const incr = (output: number | undefined, began: number, ended: number): Call => ({
  began,
  ended,
  input: { name: 'incr', value: '' },
  output,
})

describe('histories that are linearizable', () => {
  test.for<[string, Call[]]>([
    ['nothing', []],
    ['one after the other', [set('a', 0, 1), get('a', 2, 3), set('b', 4, 5), get('b', 6, 7)]],
    ['a read beside a write shows either', [set('a', 0, 9), get(null, 1, 2), get('a', 3, 4)]],
    [
      'two writes at once, either order',
      [set('a', 0, 9), set('b', 0, 9), get('b', 10, 11), get('b', 12, 13)],
    ],
    ['what nobody knows may have happened', [set('a', 0, Infinity), get(null, 1, 2), get('a', 3, 4)]],
    ['or not', [set('a', 0, Infinity), get(null, 1, 2), get(null, 3, 4)]],
    ['or long after its beginning', [set('a', 0, Infinity), set('b', 1, 2), get('b', 3, 4), get('a', 5, 6)]],
    ['counted apart', [incr(1, 0, 9), incr(2, 0, 9), incr(3, 0, 9)]],
    ['a count that nobody knows', [incr(1, 0, 1), incr(undefined, 2, Infinity), incr(3, 3, 4)]],
    ['an end at the moment of a beginning', [set('a', 0, 1), get(null, 1, 2)]],
  ])('%s', ([, calls]) => expect(linearizable(calls, register)).toBe('linearizable'))
})

describe('histories that are not', () => {
  test.for<[string, Call[]]>([
    ['a stale read', [set('a', 0, 1), set('b', 2, 3), get('a', 4, 5)]],
    ['a value from nowhere', [set('a', 0, 1), get('b', 2, 3)]],
    ['a lost write', [set('a', 0, 1), get(null, 2, 3)]],
    ['reads that go back', [set('a', 0, 9), get('a', 1, 2), get(null, 3, 4)]],
    [
      'two readers, two orders',
      [set('a', 0, 9), set('b', 0, 9), get('a', 1, 2), get('b', 3, 4), get('a', 5, 6)],
    ],
    ['a write seen before it began', [get('a', 0, 1), set('a', 2, 3)]],
    ['a write that happened twice', [incr(1, 0, 1), incr(3, 2, 3)]],
    ['two that counted the same', [incr(1, 0, 9), incr(1, 0, 9)]],
    [
      'one unknown that happened twice',
      [
        set('a', 0, Infinity),
        get('a', 1, 2),
        set('b', 3, 4),
        get('b', 5, 6),
        get('a', 7, 8),
        set('c', 9, 10),
        get('c', 11, 12),
        get('a', 13, 14),
      ],
    ],
  ])('%s', ([, calls]) => expect(linearizable(calls, register)).toBe('not linearizable'))
})

test('the search agrees with trying every order', () => {
  const call = fc
    .record({
      began: fc.integer({ min: 0, max: 12 }),
      took: fc.integer({ min: 1, max: 8 }),
      input: fc.record({
        name: fc.constantFrom('get' as const, 'set' as const, 'setnx' as const, 'del' as const),
        value: fc.constantFrom('a', 'b'),
      }),
      output: fc.constantFrom('a', 'b', null, true, false, 0, 1),
      isKnown: fc.boolean(),
    })
    .map(({ began, took, input, output, isKnown }) => {
      // Answers that the command never gives would make every history a bad one.
      const fits = { get: [null, 'a', 'b'], set: [true], setnx: [true, false], del: [0, 1] }[input.name]
      const likely = fits.find((one) => one === output) ?? fits[began % fits.length] ?? null
      return isKnown
        ? { began, ended: began + took, input, output: likely }
        : { began, ended: Infinity, input, output: undefined }
    })
  fc.assert(
    fc.property(fc.array(call, { maxLength: 5 }), (calls) => {
      expect(linearizable(calls, register)).toBe(tryAll(calls) ? 'linearizable' : 'not linearizable')
    }),
    { numRuns: 2_000 },
  )
})

test('a long history is decided at once', () => {
  const calls: Call[] = []
  for (let at = 0; at < 400; at++)
    calls.push(set(`${at}`, at * 2, at * 2 + 3), get(`${at}`, at * 2 + 1, at * 2 + 4))
  expect(linearizable(calls, register)).not.toBe('undecided')
})

test('6: the histories of the simulator are linearizable, key by key', { timeout: 120_000 }, () => {
  const verdicts = { linearizable: 0, 'not linearizable': 0, undecided: 0 }
  let calls = 0
  for (let seed = 1; seed <= 60; seed++) {
    const { operations, world } = simulate({ seed })
    // An unclean election forgets what was acknowledged.
    if (world.truths.size !== 1) continue
    for (const key of ['r0', 'r1', 'r2', 'c0', 'c1']) {
      const history = callsOn(key, operations)
      calls += history.length
      const verdict = linearizable(history, register)
      verdicts[verdict]++
      expect(verdict, `seed ${seed}, ${key}`).not.toBe('not linearizable')
    }
  }
  expect(calls).toBeGreaterThan(2_500)
  expect(verdicts.linearizable).toBeGreaterThan(20 * verdicts.undecided)
})

test('the histories of a cluster that answers dirty reads are not', { timeout: 120_000 }, () => {
  const isFound = (seed: number) => {
    const { operations } = simulate({ seed, rules: { committed: (own) => own }, isJudged: false })
    return ['r0', 'r1', 'r2', 'c0', 'c1'].some(
      (key) => linearizable(callsOn(key, operations), register) === 'not linearizable',
    )
  }
  let seed = 1
  while (seed < 200 && !isFound(seed)) seed++
  expect(seed).toBeLessThan(200)
})

/** By brute force: every order that keeps what ended before another began, with or without those that nobody knows. */
function tryAll(calls: readonly Call[], state: string | null = null): boolean {
  if (calls.every(({ ended }) => ended === Infinity)) return true
  const soonest = Math.min(...calls.map(({ ended }) => ended))
  return calls.some((call, at) => {
    if (call.began > soonest) return false
    const [next, output] = register.apply(state, call.input)
    if (call.output !== undefined && output !== call.output) return false
    return tryAll(calls.toSpliced(at, 1), next)
  })
}
