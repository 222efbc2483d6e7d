/**
 * The value with lists and records of its own, so that what one side does to its own changes nothing on the other: replies
 * are remembered for who asks again, and arguments lie in the log. Texts and numbers cannot be changed.
 */
export function detached(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(detached)
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, detached(each)]))
  const copy: Record<string, unknown> = Object.create(
    Object.getPrototypeOf(value) === null ? null : Object.prototype,
  )
  for (const [key, each] of Object.entries(value)) copy[key] = detached(each)
  return copy
}
