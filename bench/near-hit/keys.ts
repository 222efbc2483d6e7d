import { zipf } from '../suite.ts'

/** The keys that every subject holds, ready-made, since building a key costs more than looking it up. */
export const keys: readonly string[] = Array.from({ length: 10_000 }, (_, at) => `user:${at}`)

const order = zipf(keys.length, 1 << 16)

/** The key of the request with this number. */
export const keyAt = (at: number): string => keys[order[at & 0xffff] ?? 0] ?? ''
