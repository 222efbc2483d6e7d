import type { Setup } from '../suite.ts'
import { anyMember, million } from './million.ts'

/** The rank of any member. */
export const setup: Setup = () => {
  const { zrank } = million()
  return { run: () => zrank('z', anyMember()) }
}
