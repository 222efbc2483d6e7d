import type { TierInfo, TracedTier } from './engine.ts'

/** Where an answer came from. */
export interface Source {
  /** The tier that answered. */
  readonly tier: TierInfo
  /** Milliseconds since a copy was made, 0 from truth, null where the tier cannot tell. */
  readonly age: number | null
  /** Whether it came from a backup because truth is unavailable, or from a near copy while changes go untold. */
  readonly stale: boolean
}

/** The source of an answer on the key that the tier gives now. */
export function sourceOf({ name, scope, role, entries, stale = false }: TracedTier, key: string): Source {
  const age = role === 'truth' ? 0 : (entries?.age?.(key) ?? null)
  return { tier: { name, scope, role }, age, stale }
}
