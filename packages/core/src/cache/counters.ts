import type { CacheEvent } from './cache-event.ts'

/** How often things happened. */
export interface Counts {
  /** Answers by the tier they came from. */
  readonly hits: Readonly<Record<string, number>>
  /** Answers among those that were past their ttl. */
  readonly stale: number
  readonly misses: number
  readonly loads: number
  /** Loaded values that were not stored, since something was faster. */
  readonly overtaken: number
  readonly errors: { readonly read: number; readonly load: number; readonly write: number }
}

/** Counts what a cache does: `createCache(client, { onEvent: counts.onEvent })`; `counts.snapshot()` tells. */
export function counters(): { readonly onEvent: (event: CacheEvent) => void; snapshot(): Counts } {
  const hits = new Map<string, number>()
  const errors = { read: 0, load: 0, write: 0 }
  let [stale, misses, loads, overtaken] = [0, 0, 0, 0]
  return {
    onEvent(event) {
      if (event.kind === 'hit') {
        hits.set(event.tier, (hits.get(event.tier) ?? 0) + 1)
        if (event.stale) stale++
      } else if (event.kind === 'miss') misses++
      else if (event.kind === 'load') loads++
      else if (event.kind === 'overtaken') overtaken++
      else if (event.kind === 'error') errors[event.during]++
    },
    snapshot: () => ({
      hits: Object.fromEntries(hits),
      stale,
      misses,
      loads,
      overtaken,
      errors: { ...errors },
    }),
  }
}
