/** How many keys a subject may hold: 100,000, or as many as BENCH_KEYS says. */
export const CAPACITY: number = Number(process.env['BENCH_KEYS'] ?? 100_000)

const keys: readonly string[] = Array.from(
  { length: Math.min(10 * CAPACITY, 3_000_000) },
  (_, at) => `key:${at}`,
)

/** A key that was not asked for lately: every request makes another one leave. */
export const freshKey = (at: number): string => keys[at % keys.length] ?? ''
