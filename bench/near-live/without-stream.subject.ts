import type { Setup } from '../suite.ts'
import { nearCopies } from './near-copies.ts'

/** Without a stream: copies have an end. */
export const setup: Setup = () => nearCopies({ invalidations: 'none' })
