import type { Setup } from '../suite.ts'
import { cacheable } from '../tiers/cacheable.ts'
import { overServer } from '../tiers/over-server.ts'
import { getMany } from './get-many.ts'

export const setup: Setup = () => overServer(cacheable, getMany)
