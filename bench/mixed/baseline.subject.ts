import { Redis } from 'ioredis'
import type { Setup } from '../suite.ts'
import { mixed } from './mixed.ts'

/** Plain ioredis with its automatic pipelines. */
export const setup: Setup = () =>
  mixed((url) => new Redis(url, { enableAutoPipelining: true }) as unknown as Mixed)
