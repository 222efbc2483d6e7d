import type { Setup } from '../suite.ts'
import { bentocache } from '../tiers/bentocache.ts'
import { overServer } from '../tiers/over-server.ts'
import { getMany } from './get-many.ts'

export const setup: Setup = () => overServer(bentocache, getMany)
