import type { Setup } from '../suite.ts'
import { ioredis } from '../tiers/ioredis.ts'
import { overServer } from '../tiers/over-server.ts'
import { farHit } from './far-hit.ts'

export const setup: Setup = () => overServer(ioredis, farHit)
