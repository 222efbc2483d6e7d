import { zipf } from '../suite.ts'

/** 100,000 short keys, ready-made. */
export const keys: readonly string[] = Array.from({ length: 100_000 }, (_, at) => `key:${at}`)

const order = zipf(keys.length, 1 << 20)

/** The key of the request with this number, few keys often. */
export const keyAt = (at: number): string => keys[order[at & 0xfffff] ?? 0] ?? ''
