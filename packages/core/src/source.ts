import type { Entries } from '@jcache/driver'
import type { TierInfo } from './engine.ts'

/** Where an answer came from. */
export interface Source {
  /** The tier that answered. */
  readonly tier: TierInfo
  /** Milliseconds since a copy was made, 0 from truth, null where the tier cannot tell. */
  readonly age: number | null
  /** Whether the answer came from a backup because truth is unavailable. */
  readonly stale: boolean
}

/** The source of an answer on the key that the tier gives now. */
export function sourceOf(
  { name, scope, role, entries }: TierInfo & { readonly entries?: Entries | undefined },
  key: string,
): Source {
  const age = role === 'truth' ? 0 : (entries?.age?.(key) ?? null)
  return { tier: { name, scope, role }, age, stale: role === 'backup' }
}
