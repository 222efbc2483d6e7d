/** One subject of a suite: what is measured. */
export interface Subject {
  /** The operation that is measured; `at` counts up, so that subjects choose the same keys. */
  readonly run: (at: number) => unknown
  /** How many operations one run is, 1 unless said: those that are asked of a server at once. */
  readonly calls?: number
  /** Ends what keeps the process alive. */
  readonly close?: () => unknown
}

/** Makes a subject ready; the file of a subject exports it as `setup`. */
export type Setup = () => Subject | Promise<Subject>

/** A seeded generator of numbers from 0 up to 1 (mulberry32), so that every subject sees the same sequence. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** So many places from 0 up to `size`, few of them often, as Zipf's law has it (exponent 1), in a seeded order. */
export function zipf(size: number, count: number, seed = 1): Uint32Array {
  const random = seeded(seed)
  const sums = new Float64Array(size)
  let sum = 0
  for (let rank = 0; rank < size; rank++) {
    sum += 1 / (rank + 1)
    sums[rank] = sum
  }
  return Uint32Array.from({ length: count }, () => {
    const aim = random() * sum
    let low = 0
    let high = size - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sums[middle] ?? 0) < aim) low = middle + 1
      else high = middle
    }
    return low
  })
}
