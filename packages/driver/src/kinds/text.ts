/** The value if it is a text, and fits the pattern if there is one; else undefined. */
export function text(value: unknown, pattern?: RegExp): string | undefined {
  return typeof value === 'string' && (!pattern || pattern.test(value)) ? value : undefined
}
