import { anyRank } from '../sorted-set/million.ts'
import { onServer } from '../sorted-set/server.ts'
import type { Setup } from '../suite.ts'

/** A hundred members from any rank. */
export const setup: Setup = () =>
  onServer((redis, key) => {
    const rank = anyRank()
    return redis.zrange(key, rank, String(rank + 99))
  })
