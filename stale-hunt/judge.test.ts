import { describe, expect, test } from 'vitest'
import type { Diary, Events, Read, Write } from './history.ts'
import { judge } from './judge.ts'

const BOUND = 100
const calm: Events = { flushes: [], freezes: [] }

const wrote = (version: number | null, from: number, known = true): Write => ({
  key: 'lasting:k',
  version,
  from,
  to: from + 1,
  known,
})
const read = (version: number | null, from: number, key = 'lasting:k'): Read => ({
  key,
  version,
  from,
  to: from + 1,
  by: 'get',
  near: true,
})
const diary = (process: number, more: Partial<Diary>): Diary => ({
  process,
  staleness: 0,
  writes: [],
  reads: [],
  stalls: [],
  ...more,
})

/** What is wrong with one read by another process than the writer's, or by the writer's. */
const fault = (writes: Write[], found: Read, events = calm, more: Partial<Diary> = {}) =>
  judge([diary(0, { writes }), diary(1, { reads: [found], ...more })], events, BOUND)
const ownFault = (writes: Write[], found: Read, events = calm) =>
  judge([diary(0, { writes, reads: [found] })], events, BOUND)

describe('a read by another process', () => {
  test('finds what was current, or over for no longer than the bound', () => {
    const writes = [wrote(1, 10), wrote(2, 500)]
    expect(fault(writes, read(1, 400))).toEqual([])
    expect(fault(writes, read(1, 601))).toEqual([])
    expect(fault(writes, read(2, 500))).toEqual([])
    expect(fault(writes, read(null, 100))).toEqual([])
  })

  test('does not find what was over for longer, nor what was not written', () => {
    const writes = [wrote(1, 10), wrote(2, 500)]
    expect(fault(writes, read(1, 602))).toEqual([
      'process 1 get "lasting:k", 602.0 to 603.0: found 1, which was over for 101.0 ms',
    ])
    expect(fault(writes, read(null, 700))).toHaveLength(1)
    expect(fault(writes, read(2, 498))).toHaveLength(1)
    expect(fault(writes, read(3, 700))).toHaveLength(1)
  })

  test('time in which the process did not run does not count', () => {
    const writes = [wrote(1, 10), wrote(2, 500)]
    expect(fault(writes, read(1, 900), calm, { stalls: [{ from: 550, to: 860 }] })).toEqual([])
    expect(fault(writes, read(1, 900), calm, { stalls: [{ from: 550, to: 700 }] })).toHaveLength(1)
  })

  test('a process that allows itself staleness may read what is over for longer', () => {
    const writes = [wrote(1, 10), wrote(2, 500)]
    expect(fault(writes, read(1, 801), calm, { staleness: 200 })).toEqual([])
    expect(fault(writes, read(1, 802), calm, { staleness: 200 })).toHaveLength(1)
  })

  test('a flush is over as a write is, and leaves no key', () => {
    const events = { ...calm, flushes: [{ from: 500, to: 510 }] }
    expect(fault([wrote(1, 10)], read(1, 620), events)).toHaveLength(1)
    expect(fault([wrote(1, 10)], read(null, 620), events)).toEqual([])
    expect(fault([wrote(1, 10), wrote(2, 600)], read(null, 710), events)).toHaveLength(1)
    expect(fault([wrote(1, 10), wrote(null, 300)], read(1, 450))).toHaveLength(1)
    expect(fault([wrote(1, 10), wrote(null, 300)], read(null, 450))).toEqual([])
  })

  test('a write without an answer may take place later, also when the server thaws, or never', () => {
    const writes = [wrote(1, 10), wrote(2, 500, false), wrote(3, 600)]
    expect(fault([wrote(1, 10), wrote(2, 500, false)], read(1, 5_000))).toEqual([])
    expect(fault(writes, read(2, 1_500))).toEqual([])
    const frozen = { ...calm, freezes: [{ from: 400, to: 3_000 }] }
    expect(fault(writes, read(2, 3_900), frozen)).toEqual([])
    expect(fault([...writes, wrote(4, 4_100)], read(2, 4_300), frozen)).toHaveLength(1)
    expect(fault([...writes, wrote(4, 4_100)], read(1, 4_300), frozen)).toHaveLength(1)
  })

  test('a key that expires may be gone at any time', () => {
    const key = 'volatile:k'
    const writes = [{ ...wrote(1, 10), key }]
    expect(fault(writes, read(null, 900, key))).toEqual([])
    expect(fault(writes, read(2, 900, key))).toHaveLength(1)
  })
})

describe('C5: a read by the process that writes', () => {
  test('never finds what it had overwritten before', () => {
    const writes = [wrote(1, 10), wrote(2, 500)]
    expect(ownFault(writes, read(1, 502))).toEqual([
      'process 0 get "lasting:k", 502.0 to 503.0: found 1, which was over for 1.0 ms, by its own doing',
    ])
    expect(ownFault(writes, read(1, 500))).toEqual([])
    expect(ownFault(writes, read(2, 502))).toEqual([])
    expect(ownFault([wrote(1, 10), wrote(2, 500, false)], read(1, 600))).toEqual([])
  })

  test('but what another has flushed may linger for as long as the bound', () => {
    const events = { ...calm, flushes: [{ from: 500, to: 510 }] }
    expect(ownFault([wrote(1, 10)], read(1, 520), events)).toEqual([])
  })
})
