import type { Setup } from '../suite.ts'
import { jcache } from '../tiers/jcache.ts'
import { overServer } from '../tiers/over-server.ts'
import { farHit } from './far-hit.ts'

export const setup: Setup = () => overServer(jcache, farHit)
