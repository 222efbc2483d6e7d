import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Duration, milliseconds } from './duration.ts'

describe('K2: durations', () => {
  test.each<[Duration, number]>([
    [0, 0],
    [250, 250],
    ['250ms', 250],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['7d', 604_800_000],
    ['1.5s', 1_500],
    ['0.25h', 900_000],
    ['0s', 0],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])('%s is %d ms', (duration, ms) => {
    expect(milliseconds(duration)).toBe(ms)
  })

  test.each<[Duration, number]>([
    [0.1, 1],
    ['0.1ms', 1],
    ['0.0001s', 1],
    [1.2, 2],
    [Number.MIN_VALUE, 1],
  ])('%s is rounded up to %d ms: nothing above zero becomes zero', (duration, ms) => {
    expect(milliseconds(duration)).toBe(ms)
  })

  test.each<[unknown]>([
    [-1],
    [-0.5e300],
    [Number.NaN],
    [Infinity],
    [2 ** 53],
    ['104249992d'],
    ['5 minutes'],
    ['5'],
    ['m'],
    [''],
    ['-5m'],
    ['+5m'],
    ['5M'],
    ['5m '],
    ['5m\n'],
    ['1e3s'],
    ['1.s'],
    ['.5s'],
    ['5m30s'],
    ['٣s'],
    [null],
    [undefined],
    [true],
    [5n],
    [Symbol('5m')],
    [['5m']],
    [{ toString: () => '5m' }],
    [Object.create(null)],
    [new Date(5)],
  ])('%o is refused', (duration) => {
    expect(() => milliseconds(duration as Duration)).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: expect.stringMatching(/^a duration is wanted, .*'5m'.*; found /),
      }),
    )
  })

  test('a number with a unit is that many times the unit', () => {
    const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
    const unit = fc.constantFrom('ms', 's', 'm', 'h', 'd')
    fc.assert(
      fc.property(fc.nat({ max: 100_000 }), unit, (count, name) => {
        expect(milliseconds(`${count}${name}`)).toBe(count * units[name])
      }),
    )
  })
})
