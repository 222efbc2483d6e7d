import type { Setup } from '../suite.ts'
import { keyAt, keys } from './keys.ts'

/** A bare Map. */
export const setup: Setup = () => {
  const map = new Map(keys.map((key) => [key, `value of ${key}`]))
  return { run: (at) => map.get(keyAt(at)) }
}
