/** Milliseconds that the clock of a tier may be behind the caller's. */
const CLOCKS = 1_000

/** 'near' where the milliseconds are at most the wanted and little below, else the milliseconds, for the message. */
export function near(ms: number | null, wanted: number): 'near' | number | null {
  return ms !== null && ms <= wanted && ms > wanted - 10_000 ? 'near' : ms
}

/** As `near`, for what is left until an instant: the caller has looked at one clock, the tier perhaps at another. */
export function nearInstant(ms: number | null, wanted: number): 'near' | number | null {
  return near(ms, wanted + CLOCKS)
}
