import type { Setup } from '../suite.ts'
import { anyMember, million } from './million.ts'

/** The score of any member. */
export const setup: Setup = () => {
  const { zscore } = million()
  return { run: () => zscore('z', anyMember()) }
}
