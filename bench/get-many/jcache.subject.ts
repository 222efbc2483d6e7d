import type { Setup } from '../suite.ts'
import { jcache } from '../tiers/jcache.ts'
import { overServer } from '../tiers/over-server.ts'
import { getMany } from './get-many.ts'

export const setup: Setup = () => overServer(jcache, getMany)
