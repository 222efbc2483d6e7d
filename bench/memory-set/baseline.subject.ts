import { keyAt, keys } from '../memory-get/keys.ts'
import type { Setup } from '../suite.ts'

/** A bare Map. */
export const setup: Setup = () => {
  const map = new Map(keys.map((key) => [key, `value of ${key}`]))
  return { run: (at) => map.set(keyAt(at), 'another value') }
}
