import { anyRank } from '../sorted-set/million.ts'
import { dataStructureTyped } from '../sorted-set/peers.ts'
import type { Setup } from '../suite.ts'

export const setup: Setup = () => {
  const peer = dataStructureTyped()
  return {
    run: () => {
      const rank = anyRank()
      return peer.range(rank, rank + 99)
    },
  }
}
