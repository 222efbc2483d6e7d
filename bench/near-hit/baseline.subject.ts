import type { Setup } from '../suite.ts'
import { keyAt, keys } from './keys.ts'

/** An async function over a Map: what no cache can beat. */
export const setup: Setup = () => {
  const map = new Map(keys.map((key) => [key, `value of ${key}`]))
  const get = async (key: string) => map.get(key)
  return { run: (at) => get(keyAt(at)) }
}
