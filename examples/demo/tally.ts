import type { ClientEvent } from '@jcache/core'
import { commands } from '@jcache/driver'

/** What one tier answered. */
export interface TierTally {
  readonly tier: string
  readonly answers: number
  /** Its part of all answers, from 0 to 1. */
  readonly share: number
  /** Half of its answers took no longer, in milliseconds. */
  readonly median: number
  /** 99 of 100 took no longer, in milliseconds. */
  readonly p99: number
}

/** Counts what the client reports to `onEvent`: which tier answered each read, and how long the call took. */
export class Tally {
  readonly #reads = new Set(
    Object.entries(commands).flatMap(([name, { mode }]) => (mode === 'read' ? name : [])),
  )
  #times = new Map<string, number[]>()
  /** Whether Redis told the client of keys that somebody else changed, since the last reset. */
  told = false

  readonly onEvent = (event: ClientEvent): void => {
    if (event.kind === 'dropped' && event.why === 'changed') this.told = true
    if (event.kind !== 'answer' || !this.#reads.has(event.command)) return
    const times = this.#times.get(event.tier)
    if (times) times.push(event.ms)
    else this.#times.set(event.tier, [event.ms])
  }

  reset(): void {
    this.#times = new Map()
    this.told = false
  }

  /** The tiers named, in that order, also those that answered nothing. */
  of(tiers: readonly string[]): TierTally[] {
    const all = tiers.reduce((sum, tier) => sum + (this.#times.get(tier)?.length ?? 0), 0)
    return tiers.map((tier) => {
      const times = Float64Array.from(this.#times.get(tier) ?? []).sort()
      const quantile = (part: number) => times[Math.ceil(part * times.length) - 1] ?? Number.NaN
      const answers = times.length
      return { tier, answers, share: all ? answers / all : 0, median: quantile(0.5), p99: quantile(0.99) }
    })
  }
}
