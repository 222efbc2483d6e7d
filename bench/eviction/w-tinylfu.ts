import { type Policy, shift } from './policy.ts'

const ROWS = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f]

/** Window TinyLFU (Einziger, Friedman, Manes 2017) with a window of 1 % and a segmented LRU behind it. */
export const wTinyLfu: Policy = (entries) => {
  const windowEntries = Math.max(1, Math.floor(entries / 100))
  const mainEntries = entries - windowEntries
  const newcomers = new Set<number>()
  const protectedKeys = new Set<number>()
  const probation = new Set<number>()
  const frequency = sketch(entries)

  function admit(candidate: number): void {
    if (protectedKeys.size + probation.size < mainEntries) {
      probation.add(candidate)
      return
    }
    const from = probation.size > 0 ? probation : protectedKeys
    const [victim = -1] = from
    if (frequency.of(candidate) <= frequency.of(victim)) return
    from.delete(victim)
    probation.add(candidate)
  }

  return (key) => {
    frequency.count(key)
    for (const keys of [newcomers, protectedKeys]) {
      if (keys.delete(key)) {
        keys.add(key)
        return true
      }
    }
    if (probation.delete(key)) {
      protectedKeys.add(key)
      if (protectedKeys.size > mainEntries * 0.8) probation.add(shift(protectedKeys))
      return true
    }
    newcomers.add(key)
    if (newcomers.size > windowEntries) admit(shift(newcomers))
    return false
  }
}

/** A count-min sketch of four-bit counts, halved after ten times as many counts as entries. */
function sketch(entries: number): { count(key: number): void; of(key: number): number } {
  const width = 4 * 2 ** Math.ceil(Math.log2(Math.max(8, entries)))
  const rows = ROWS.map((seed) => ({ seed, counts: new Uint8Array(width) }))
  let counted = 0
  const placeOf = (key: number, seed: number): number => {
    let mixed = Math.imul(key + 1, seed)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
    return (mixed ^ (mixed >>> 12)) & (width - 1)
  }
  return {
    count(key) {
      for (const { seed, counts } of rows) {
        const place = placeOf(key, seed)
        counts[place] = Math.min((counts[place] ?? 0) + 1, 15)
      }
      if (++counted < 10 * entries) return
      counted >>= 1
      for (const { counts } of rows) for (const [place, count] of counts.entries()) counts[place] = count >> 1
    },
    of: (key) => Math.min(...rows.map(({ seed, counts }) => counts[placeOf(key, seed)] ?? 0)),
  }
}
