import type { Setup } from '../suite.ts'
import { ioredis } from '../tiers/ioredis.ts'
import { overServer } from '../tiers/over-server.ts'
import { setThrough } from './set-through.ts'

export const setup: Setup = () => overServer(ioredis, setThrough)
