import type { Command } from '../command.ts'
import { hash } from '../commands/hash.ts'
import { keys } from '../commands/keys.ts'
import { list } from '../commands/list.ts'
import { server } from '../commands/server.ts'
import { set } from '../commands/set.ts'
import { sortedSet } from '../commands/sorted-set.ts'
import { string } from '../commands/string.ts'
import { awkwardChecks } from './awkward.ts'
import { badArgumentChecks } from './bad-arguments.ts'
import { blockingChecks, listWaits, sortedSetWaits } from './blocking.ts'
import { type AnyCase, play } from './case.ts'
import type { Check } from './check.ts'
import { closeChecks } from './close.ts'
import { entriesChecks } from './entries.ts'
import { expiryChecks } from './expiry.ts'
import { hashCases } from './hash.ts'
import { hashNumberCases } from './hash-numbers.ts'
import { hashPartCases } from './hash-parts.ts'
import { keyNameCases } from './key-names.ts'
import { keyCases } from './keys.ts'
import { listCases } from './list.ts'
import { listEditCases } from './list-edits.ts'
import { listMoveCases } from './list-moves.ts'
import { NotOffered } from './not-offered.ts'
import { offerChecks } from './offer.ts'
import { ownershipChecks } from './ownership.ts'
import { serverCases } from './server.ts'
import { setCases } from './set.ts'
import { setAlgebraCases } from './set-algebra.ts'
import { setPartCases } from './set-parts.ts'
import { sortedSetCases } from './sorted-set.ts'
import { sortedSetCombineCases } from './sorted-set-combine.ts'
import { sortedSetLexCases } from './sorted-set-lex.ts'
import { sortedSetPartCases } from './sorted-set-parts.ts'
import { sortedSetPopCases } from './sorted-set-pops.ts'
import { sortedSetRangeCases } from './sorted-set-ranges.ts'
import { sortedSetScanCases } from './sorted-set-scan.ts'
import { stringCases } from './string.ts'
import { stringByteCases } from './string-bytes.ts'
import { stringNumberCases } from './string-numbers.ts'
import { stringTakeCases } from './string-takes.ts'
import { type AnyClient, type AnyDriver, type Subject, subjectOf } from './subject.ts'
import { wrongTypeChecks } from './wrong-type.ts'

/** Parts of the kit: the commands of one group, what holds for all of them, and whole keys. */
export type Group =
  | 'keys'
  | 'server'
  | 'string'
  | 'hash'
  | 'list'
  | 'set'
  | 'sortedSet'
  | 'faults'
  | 'entries'

export interface ConformanceOptions {
  /** Makes what is judged: a driver, or anything with the commands as async methods. Called once, by the first case. */
  readonly create: () => AnyDriver | AnyClient | Promise<AnyDriver | AnyClient>
  /**
   * The parts to yield; to spread them over several files, not to leave cases out. All unless said, but `server`, which
   * removes every key there is: name it for a subject that nobody else uses.
   */
  readonly groups?: readonly Group[]
}

/** One case for any runner: `test(name, run)`. */
export interface Conformance {
  readonly name: string
  /** Rejects where the case does not hold. Tells a runner that hands over a context with `skip` what is not offered. */
  readonly run: (...context: unknown[]) => Promise<void>
}

/**
 * The conformance kit: what every driver, and every client, has to do.
 * A case is skipped only where the subject lacks a command that it needs. All cases share one subject, each has keys
 * of its own; the last ones remove these keys and close the subject, so cases are run in their order.
 */
export function conformance({ create, groups }: ConformanceOptions): readonly Conformance[] {
  const kit = Math.random().toString(36).slice(2)
  let created: Promise<Subject> | undefined
  const subject = () => {
    created ??= (async () => subjectOf(await create()))()
    return created
  }
  const parts = partsOf()
  const usual = (Object.keys(parts) as Group[]).filter((group) => group !== 'server')
  const chosen = (groups ?? usual).flatMap((group) => parts[group]())

  return [...offerChecks(), ...chosen, ...closeChecks()].map(({ name, run }, at) => ({
    name,
    run: async (...[context]) => {
      try {
        // The braces keep all keys of a case in one slot of a cluster.
        await run(await subject(), `{jcache:${kit}:${at}}`)
      } catch (error) {
        if (!(error instanceof NotOffered)) throw error
        skip(context, error.message)
      }
    },
  }))
}

function partsOf(): { readonly [Name in Group]: () => readonly Check[] } {
  return {
    keys: () => [...checksOf(keys, { ...keyCases, ...keyNameCases }), ...expiryChecks()],
    server: () => checksOf(server, serverCases),
    string: () =>
      checksOf(string, { ...stringCases, ...stringTakeCases, ...stringNumberCases, ...stringByteCases }),
    hash: () => checksOf(hash, { ...hashCases, ...hashNumberCases, ...hashPartCases }),
    list: () => [
      ...checksOf(list, { ...listCases, ...listEditCases, ...listMoveCases }),
      ...blockingChecks(listWaits()),
    ],
    set: () => checksOf(set, { ...setCases, ...setAlgebraCases, ...setPartCases }),
    sortedSet: () => [
      ...checksOf(sortedSet, {
        ...sortedSetCases,
        ...sortedSetRangeCases,
        ...sortedSetPartCases,
        ...sortedSetLexCases,
        ...sortedSetPopCases,
        ...sortedSetCombineCases,
        ...sortedSetScanCases,
      }),
      ...blockingChecks(sortedSetWaits()),
    ],
    faults: () => [...wrongTypeChecks(), ...badArgumentChecks(), ...awkwardChecks(), ...ownershipChecks()],
    entries: entriesChecks,
  }
}

function checksOf<Name extends string>(
  table: { readonly [Each in Name]: Command },
  cases: { readonly [Each in Name]: readonly AnyCase[] },
): Check[] {
  const names = Object.keys(table) as Name[]
  return names.flatMap((name) =>
    cases[name].map((each) => ({
      name: `${name}: ${each.says}`,
      run: (subject: Subject, key: string) => play(name, table[name], each, subject, key),
    })),
  )
}

function skip(context: unknown, why: string): void {
  if ((typeof context !== 'object' && typeof context !== 'function') || context === null) return
  if ('skip' in context && typeof context.skip === 'function') context.skip(why)
}
