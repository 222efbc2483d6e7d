import type { Setup } from '../suite.ts'
import { nearCopies } from './near-copies.ts'

/** While the stream of invalidations is live. */
export const setup: Setup = () => nearCopies({})
