import type { Setup } from '../suite.ts'
import { cacheManager } from '../tiers/cache-manager.ts'
import { overServer } from '../tiers/over-server.ts'
import { farHit } from './far-hit.ts'

export const setup: Setup = () => overServer(cacheManager, farHit)
