import { describe, expect, test } from 'vitest'
import type { Rules } from '../rules.ts'
import { type RunOptions, simulate } from './simulate.fixture.ts'
import type { Violation } from './violation.fixture.ts'

interface Mutation<Name extends keyof Rules> {
  readonly what: string
  readonly broken: Rules[Name]
  /** The lives in which it shows. */
  readonly lives?: Lives
}

type Lives = Pick<RunOptions, 'may' | 'options' | 'loss'>

/** A leader that is slow to give up members, lossy links that break one way or the other, and nodes that freeze. */
const rough: Lives = {
  options: { lag: 5_000 },
  loss: 0.4,
  may: { cut: true, pause: true, delay: true, loss: true, crash: false, leave: false, unclean: false },
}

/** The same with a record that takes its time, and nothing but links that break. */
const cutOff: Lives = {
  options: { lag: 5_000 },
  may: { ...rough.may, pause: false, loss: false, coordinator: false },
}

/** Each rule broken on purpose: a simulator that does not notice is no proof of anything. */
const mutations: { readonly [Name in keyof Rules]: Mutation<Name> } = {
  isStale: { what: 'no fence', broken: () => false, lives: rough },
  mayLead: { what: 'a stale or restarted member may lead', broken: () => true },
  counted: {
    what: 'the in-sync set shrinks before the swap',
    broken: (inSync, proposed) => proposed ?? inSync,
  },
  committed: { what: 'acknowledging before replication', broken: (own) => own },
  mayShow: { what: 'a dirty read', broken: () => true },
  isEnough: {
    what: 'acknowledging what too few hold',
    broken: () => true,
    lives: { options: { minInSync: 2 }, may: { cut: true, crash: false } },
  },
  isBound: { what: 'no promise', broken: () => false },
  mayAcknowledge: { what: 'acknowledging during a take-over', broken: () => true, lives: cutOff },
  follows: { what: 'a skipped gap', broken: () => true },
  isRepeated: { what: 'a duplicate applied twice', broken: () => false },
}

const LIVES = 4_000

describe('the simulator notices', () => {
  for (const [name, { what, broken, lives }] of Object.entries(mutations)) {
    test(what, { timeout: 600_000 }, () => {
      const failure = firstFailure({ ...lives, rules: { [name]: broken } })
      expect(failure, `${what} was not noticed in ${LIVES} lives`).toBeDefined()
    })
  }

  test('a proof of death that lies', { timeout: 600_000 }, () => {
    expect(firstFailure({ may: { lies: true, cut: true, loss: true } })).toBeDefined()
  })

  test('nothing where nothing is broken, in the same lives', { timeout: 600_000 }, () => {
    for (const lives of [rough, cutOff]) {
      for (let seed = 1; seed <= 100; seed++) {
        const { violation } = simulate({ seed, ...lives })
        expect(violation && isProof(violation) ? violation.message : null).toBeNull()
      }
    }
  })
})

/** What went wrong first. */
function firstFailure(options: Omit<RunOptions, 'seed'>): string | undefined {
  for (let seed = 1; seed <= LIVES; seed++) {
    const { violation } = simulate({ ...options, seed })
    if (violation && isProof(violation)) return violation.message
  }
  return undefined
}

/** A cluster that does not heal in time may just be slow to give up members. */
function isProof({ invariant }: Violation): boolean {
  return !invariant.startsWith('19')
}
