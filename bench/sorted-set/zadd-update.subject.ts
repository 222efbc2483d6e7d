import type { Setup } from '../suite.ts'
import { anyMember, anyScore, million } from './million.ts'

/** A member moves to any other place. */
export const setup: Setup = () => {
  const { zadd } = million()
  return { run: () => zadd('z', [[anyMember(), anyScore()]]) }
}
