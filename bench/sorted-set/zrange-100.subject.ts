import type { Setup } from '../suite.ts'
import { anyRank, million } from './million.ts'

/** A hundred members from any rank. */
export const setup: Setup = () => {
  const { zrange } = million()
  return {
    run: () => {
      const rank = anyRank()
      return zrange('z', rank, rank + 99)
    },
  }
}
