import { anyMember, anyScore } from '../sorted-set/million.ts'
import { onServer } from '../sorted-set/server.ts'
import type { Setup } from '../suite.ts'

/** A member moves to any other place. */
export const setup: Setup = () => onServer((redis, key) => redis.zadd(key, anyScore(), anyMember()))
