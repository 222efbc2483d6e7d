import { type MemoryDriver, memory } from '@jcache/memory'
import { seeded } from '../suite.ts'

const COUNT = 1_000_000

/**
 * The members of the set, ready-made, since building a text costs as much as finding it. Each in one piece, as parsers make
 * them: V8 keeps a text that was put together as its parts.
 */
export const members: readonly string[] = Array.from({ length: COUNT }, (_, at) =>
  Buffer.from(`member:${at}`).toString('latin1'),
)

const random = seeded(1)

/** Any of the members, each as often as the other: the worst that a processor's cache can meet. */
export const anyMember = (): string => members[Math.floor(random() * COUNT)] ?? ''

export const anyScore = (): number => random() * COUNT

/** Any rank that a hundred members follow. */
export const anyRank = (): number => Math.floor(random() * (COUNT - 100))

/** The commands of a memory tier whose key `z` holds a million members. */
export function million(): MemoryDriver['commands'] {
  const { commands } = memory({ maxBytes: '1gb' })
  for (const member of members) commands.zadd('z', [[member, anyScore()]])
  return commands
}
