/** Freezes a value all through. Answers false where it can be changed all the same, as a Date or a Map can. */
export function frozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function'
  const own = Object.getPrototypeOf(value)
  if (own !== null && own !== Object.prototype && own !== Array.prototype) return false
  // One that lies in itself is met again.
  if (Object.isFrozen(value)) return true
  Object.freeze(value)
  return Object.values(value).every(frozen)
}
