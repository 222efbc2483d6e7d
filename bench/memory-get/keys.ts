import { zipf } from '../suite.ts'

/** Short keys, ready-made: 100,000, or as many as BENCH_KEYS says. */
const length = Number(process.env['BENCH_KEYS'] ?? 100_000)
export const keys: readonly string[] = Array.from({ length }, (_, at) => `key:${at}`)

const order = zipf(keys.length, 1 << 20)

/** The key of the request with this number, few keys often. */
export const keyAt = (at: number): string => keys[order[at & 0xfffff] ?? 0] ?? ''
