import type { Setup } from '../suite.ts'
import { anyMember, million } from './million.ts'

/** A member moves by a little, as in a leaderboard. */
export const setup: Setup = () => {
  const { zincrby } = million()
  return { run: () => zincrby('z', 1, anyMember()) }
}
