/** How many keys a subject may hold. */
export const CAPACITY = 100_000

const keys: readonly string[] = Array.from({ length: 1_000_000 }, (_, at) => `key:${at}`)

/** A key that was not asked for lately: every request makes another one leave. */
export const freshKey = (at: number): string => keys[at % keys.length] ?? ''
