import { describe, expect, test } from 'vitest'
import type { Rules } from '../rules.ts'
import { simulate } from './simulate.fixture.ts'

/** Each rule broken on purpose: a simulator that does not notice is no proof of anything. */
const mutations: { readonly [Name in keyof Rules]: { readonly what: string; readonly broken: Rules[Name] } } =
  {
    isStale: { what: 'no fence', broken: () => false },
    mayLead: { what: 'a stale or restarted member may lead', broken: () => true },
    counted: {
      what: 'the in-sync set shrinks before the swap',
      broken: (inSync, proposed) => proposed ?? inSync,
    },
    committed: { what: 'acknowledging before replication', broken: (own) => own },
    mayShow: { what: 'a dirty read', broken: () => true },
    isBound: { what: 'no promise', broken: () => false },
    mayAcknowledge: { what: 'acknowledging during a take-over', broken: () => true },
    follows: { what: 'a skipped gap', broken: () => true },
    isRepeated: { what: 'a duplicate applied twice', broken: () => false },
  }

describe('the simulator notices', () => {
  test.for(Object.entries(mutations))('%s: $what', { timeout: 300_000 }, ([name, { what, broken }]) => {
    const found = firstFailure({ [name]: broken })
    expect(found, `${what} was not noticed in ${SEEDS} lives`).toBeDefined()
  })
})

const SEEDS = 2_000

function firstFailure(rules: Partial<Rules>): string | undefined {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { violation } = simulate({ seed, rules })
    if (violation) return violation.message
  }
  return undefined
}
