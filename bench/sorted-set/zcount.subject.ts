import type { Setup } from '../suite.ts'
import { anyScore, million } from './million.ts'

/** How many members are between any scores. */
export const setup: Setup = () => {
  const { zcount } = million()
  return {
    run: () => zcount('z', { score: anyScore(), exclusive: false }, { score: anyScore(), exclusive: false }),
  }
}
