import type { Setup } from '../suite.ts'
import { jcache } from '../tiers/jcache.ts'
import { overServer } from '../tiers/over-server.ts'
import { setThrough } from './set-through.ts'

export const setup: Setup = () => overServer(jcache, setThrough)
