import type { Setup } from '../suite.ts'
import { anyMember, anyScore, members } from './million.ts'

/** A new value in a Map of a million: what any index by member costs at least, without any order. */
export const setup: Setup = () => {
  const scores = new Map(members.map((member) => [member, anyScore()]))
  return { run: () => scores.set(anyMember(), anyScore()) }
}
