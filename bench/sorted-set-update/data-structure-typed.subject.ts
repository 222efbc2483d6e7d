import { anyMember, anyScore } from '../sorted-set/million.ts'
import { dataStructureTyped } from '../sorted-set/peers.ts'
import type { Setup } from '../suite.ts'

export const setup: Setup = () => {
  const peer = dataStructureTyped()
  return { run: () => peer.update(anyMember(), anyScore()) }
}
