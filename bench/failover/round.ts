import type { Written } from './writer.ts'

/** What can happen to a leader. */
export const faults = ['SIGKILL', 'SIGSTOP', 'partition', 'close()'] as const
export type Fault = (typeof faults)[number]

/** What one fault did; times in milliseconds from the fault on. */
export interface Round {
  /** Until another was the leader, by the record. */
  readonly leads: number
  /** Until it answered as one, where that is known. */
  readonly serves?: number
  /** Until each of the writers that the leader was lost to had its next answer. */
  readonly waits: readonly number[]
  readonly acknowledged: number
  readonly lost: number
  readonly failed: readonly string[]
  /** How long `close()` took. */
  readonly closing?: number
}

/** Until when a writer waited: the end of its longest time without an answer, from a moment before the fault on. */
export function waitsOf({ acknowledged }: Written, fault: number): number[] {
  return acknowledged.map((calls) => {
    const times = calls.map(({ at }) => at)
    const before = times.findLast((at) => at < fault) ?? fault
    let [longest, end] = [0, Number.POSITIVE_INFINITY]
    let last = before
    for (const at of times) {
      if (at <= before) continue
      if (at - last > longest) [longest, end] = [at - last, at]
      last = at
    }
    return end - fault
  })
}

export function keysOf(written: readonly Written[]): string[] {
  return written.flatMap(({ acknowledged }) => acknowledged.flatMap((calls) => calls.map(({ key }) => key)))
}

/** The median, nine tenths and the most; empty where nothing was measured. */
export function spread(times: readonly number[]): string {
  if (times.length === 0) return ''
  const sorted = [...times].sort((left, right) => left - right)
  const at = (part: number) => sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN
  return [at(0.5), at(0.9), at(1)].map((ms) => (ms < 100 ? ms.toFixed(1) : ms.toFixed(0))).join(' / ')
}
