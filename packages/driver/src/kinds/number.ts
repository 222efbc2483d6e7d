/** Null where it is no number. */
export function double(value: unknown): number | null {
  return typeof value === 'number' && !Number.isNaN(value) ? value : null
}

/** Undefined where it is no whole number from the least on. */
export function whole(value: unknown, least: number = -(2 ** 53)): unknown {
  return Number.isSafeInteger(value) && Number(value) >= least ? value : undefined
}
