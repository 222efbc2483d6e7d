import { anyRank } from '../sorted-set/million.ts'
import { redisSortedSet } from '../sorted-set/peers.ts'
import type { Setup } from '../suite.ts'

export const setup: Setup = () => {
  const peer = redisSortedSet()
  return {
    run: () => {
      const rank = anyRank()
      return peer.range(rank, rank + 99)
    },
  }
}
