import { type Policy, shift } from './policy.ts'

/** The least recently used leaves. */
export const lru: Policy = (entries) => {
  const keys = new Set<number>()
  return (key) => {
    const held = keys.delete(key)
    if (!held && keys.size >= entries) shift(keys)
    keys.add(key)
    return held
  }
}
