import type { Setup } from '../suite.ts'
import { cacheable } from '../tiers/cacheable.ts'
import { overServer } from '../tiers/over-server.ts'
import { setThrough } from './set-through.ts'

export const setup: Setup = () => overServer(cacheable, setThrough)
