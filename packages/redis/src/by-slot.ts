import { CacheError, show } from '@jcache/driver'
import { keySlot } from './key-slot.ts'

/** The values by the slots of their keys, each slot's in their order. O(n) for n values. */
export function bySlot<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[][] {
  const slots = new Map<number, Value[]>()
  for (const value of values) {
    const slot = keySlot(keyOf(value))
    const known = slots.get(slot)
    if (known) known.push(value)
    else slots.set(slot, [value])
  }
  return [...slots.values()]
}

/** @throws CacheError `INVALID_ARGUMENT` where the keys are not all in one slot. */
export function checkOneSlot(name: string, keys: readonly string[]): void {
  const [first = '', ...others] = keys
  const slot = keySlot(first)
  const other = others.find((key) => keySlot(key) !== slot)
  if (other === undefined) return
  throw new CacheError(
    'INVALID_ARGUMENT',
    `${name} ${show(first)}: CROSSSLOT: ${show(other)} is in another slot of the cluster; give keys that are used ` +
      'together one hash tag, as {user:1}:name and {user:1}:email',
  )
}
