import type { Setup } from '../suite.ts'
import { cacheable } from '../tiers/cacheable.ts'
import { overServer } from '../tiers/over-server.ts'
import { farHit } from './far-hit.ts'

export const setup: Setup = () => overServer(cacheable, farHit)
