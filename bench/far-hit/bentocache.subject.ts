import type { Setup } from '../suite.ts'
import { bentocache } from '../tiers/bentocache.ts'
import { overServer } from '../tiers/over-server.ts'
import { farHit } from './far-hit.ts'

export const setup: Setup = () => overServer(bentocache, farHit)
