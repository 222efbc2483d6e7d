import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Sweep } from './sweep.ts'

/** A column of times, and what was removed from it. */
function column() {
  const gone: number[] = []
  const sweep: Sweep = new Sweep((slot) => {
    gone.push(slot)
    sweep.set(slot, 0)
  })
  return { gone, sweep }
}

test('M3: removes what has expired, never early, whatever is set meanwhile', () => {
  const slot = fc.nat(15)
  const step = fc.oneof(
    fc.record({ what: fc.constant('set' as const), slot, ttl: fc.nat(300) }),
    fc.record({ what: fc.constant('clear' as const), slot }),
    fc.record({ what: fc.constant('pass' as const), ms: fc.nat(200) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { gone, sweep } = column()
      const model = new Map<number, number>()
      let time = 1_700_000_000_000
      for (const step of steps) {
        if (step.what === 'set') {
          model.set(step.slot, time + step.ttl)
          sweep.set(step.slot, time + step.ttl)
        } else if (step.what === 'clear') {
          model.delete(step.slot)
          sweep.set(step.slot, 0)
        } else {
          time += step.ms
          sweep.turn(time)
          const due = [...model].filter(([, at]) => at <= time).map(([slot]) => slot)
          expect(gone.splice(0).sort()).toEqual(due.sort())
          for (const slot of due) model.delete(slot)
        }
      }
    }),
  )
})

test('M3: many that expire at once go in turns, between which others run', () => {
  const { gone, sweep } = column()
  sweep.grow(1 << 17)
  for (let slot = 0; slot < 100_000; slot++) sweep.set(slot, 1_000)
  while (gone.length < 100_000) {
    const before = gone.length
    sweep.turn(1_000)
    expect(gone.length).toBeGreaterThan(before)
    expect(gone.length - before).toBeLessThan(5_000)
  }
  expect(new Set(gone).size).toBe(100_000)
})

test('M3: what does not expire for long is not looked at', () => {
  const { gone, sweep } = column()
  sweep.set(3, 9_000)
  sweep.set(4, 1_000)
  sweep.turn(1_000)
  expect(gone).toEqual([4])
  const looks = new Proxy(sweep.at, { get: () => expect.unreachable('the column was looked at') })
  sweep.at = looks
  sweep.turn(8_999)
})
