/** What callers saw: each writes again as soon as it is answered. */
export interface Tally {
  readonly writes: number
  readonly perSecond: number
  /** Milliseconds of one write, from call to answer. */
  readonly p50: number
  readonly p99: number
}

/** Makes the next write; `at` counts up over all callers. */
export type Write = (at: number) => unknown

/** As many keys as `redis-benchmark -r 10000` has, and its values of 100 characters. */
export const KEYS = 10_000
export const VALUE: string = 'x'.repeat(100)

export function keyOf(at: number): string {
  // Far apart, so that neighbours in time are none in the data.
  return `key:${(at * 7_919) % KEYS}`
}

/**
 * Callers of whom each waits for its answer, for so many milliseconds. `rest` is awaited after so many writes of one caller,
 * for those that are answered within the same turn; `end` before the clock is stopped.
 */
export async function tally(
  callers: number,
  duration: number,
  write: Write,
  rest: { readonly every: number; readonly turn: () => Promise<void> } | undefined = undefined,
  end: () => Promise<void> = async () => {},
): Promise<Tally> {
  const times: number[] = []
  let at = 0
  const began = performance.now()
  const caller = async (): Promise<void> => {
    for (let own = 1; ; own++) {
      const start = performance.now()
      if (start - began >= duration) return
      await write(at++)
      times.push(performance.now() - start)
      if (rest && own % rest.every === 0) await rest.turn()
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  await end()
  const seconds = (performance.now() - began) / 1_000
  const sorted = Float64Array.from(times).sort()
  const share = (part: number): number => sorted[Math.floor(sorted.length * part)] ?? Number.NaN
  return { writes: times.length, perSecond: times.length / seconds, p50: share(0.5), p99: share(0.99) }
}
