import type { Setup } from '../suite.ts'
import { ioredis } from '../tiers/ioredis.ts'
import { overServer } from '../tiers/over-server.ts'
import { getMany } from './get-many.ts'

export const setup: Setup = () => overServer(ioredis, getMany)
