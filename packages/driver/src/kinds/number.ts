/** Null where it is no number. */
export function double(value: unknown): number | null {
  return typeof value === 'number' && !Number.isNaN(value) ? value : null
}

/** Undefined where it is no whole number within the bounds. */
export function whole(
  value: unknown,
  least: number = -(2 ** 53),
  most: number = 2 ** 53,
): number | undefined {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
    ? Number(value)
    : undefined
}
