import { anyMember, anyScore } from '../sorted-set/million.ts'
import { sortedContainers } from '../sorted-set/peers.ts'
import type { Setup } from '../suite.ts'

export const setup: Setup = () => {
  const peer = sortedContainers()
  return { run: () => peer.update(anyMember(), anyScore()) }
}
