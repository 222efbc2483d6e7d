import type { Setup } from '../suite.ts'
import { bentocache } from '../tiers/bentocache.ts'
import { overServer } from '../tiers/over-server.ts'
import { setThrough } from './set-through.ts'

export const setup: Setup = () => overServer(bentocache, setThrough)
