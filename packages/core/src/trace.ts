import type { Tier } from './tier.ts'

/** Told which tier an answer came from; only made when somebody wants to know, so that other calls pay nothing. */
export type Trace = (tier: Tier, key: string) => void
