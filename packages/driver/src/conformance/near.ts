/** 'near' where the milliseconds are at most the wanted and little below, else the milliseconds, for the message. */
export function near(ms: number | null, wanted: number): 'near' | number | null {
  return ms !== null && ms <= wanted && ms > wanted - 10_000 ? 'near' : ms
}
