import { anyMember } from '../sorted-set/million.ts'
import { onServer } from '../sorted-set/server.ts'
import type { Setup } from '../suite.ts'

/** The rank of any member. */
export const setup: Setup = () => onServer((redis, key) => redis.zrank(key, anyMember()))
