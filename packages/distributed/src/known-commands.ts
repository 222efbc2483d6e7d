import {
  type AnyTable,
  codeOf,
  keysOf as keysOfRow,
  type Command as Row,
  commands as table,
} from '@jcache/driver'
import { entryRows } from './entry-rows.ts'
import type { Command, Outcome } from './request.ts'

/** What a row says, said once for all calls. */
interface Known {
  readonly row: Row
  /** How many arguments no call leaves out. */
  readonly least: number
  /** Whether its first argument is its only key, as with most. */
  readonly isOfOne: boolean
}

const known = new Map<string, Known>()
/** It is asked several times of each call, and of one kind of call many times. */
let last: { readonly name: string; readonly known: Known } | undefined

/** What every node runs: the commands of the table, and what moves whole keys. */
function knownOf(name: string): Known | undefined {
  if (last?.name === name) return last.known
  const found = known.get(name) ?? learn(name)
  if (found) last = { name, known: found }
  return found
}

function learn(name: string): Known | undefined {
  const rows: AnyTable = Object.hasOwn(table, name) ? table : entryRows
  const row = Object.hasOwn(rows, name) ? rows[name] : undefined
  if (!row) return undefined
  const made = { row, least: least(row), isOfOne: isOfOne(row) }
  known.set(name, made)
  return made
}

export function modeOf({ name }: Command): Row['mode'] {
  return knownOf(name)?.row.mode ?? 'write'
}

/** The keys that the command names, null where it names none. */
export function keysOf({ name, args }: Command): readonly string[] | null {
  const found = knownOf(name)
  if (!found) return null
  if (found.isOfOne) return [args[0] as string]
  const keys = keysOfRow(found.row, args)
  return keys.length > 0 ? keys : null
}

/**
 * Why the command cannot be tried, undefined if it can: what another node sends, no client of this one has checked. What
 * else is wrong with its arguments shows when it is run.
 */
export function misuse(command: Command): Outcome | undefined {
  const { name, args } = command
  const found = knownOf(name)
  if (!found)
    return { ok: false, code: 'UNSUPPORTED', message: `this node knows no command ${JSON.stringify(name)}` }
  if (args.length >= found.least && hasKeys(command, found)) return undefined
  return { ok: false, code: 'INVALID_ARGUMENT', message: `${name} wants other arguments` }
}

function least({ args: facts }: Row): number {
  let count = 0
  for (const fact of facts) if (typeof fact === 'string' && !fact.endsWith('?')) count++
  return count
}

function isOfOne({ args: [first, ...others] }: Row): boolean {
  const isKey = (fact: unknown) => typeof fact === 'string' && /^(\.\.\.)?key/.test(fact)
  return first === 'key' && !others.some(isKey)
}

function hasKeys(command: Command, { isOfOne }: Known): boolean {
  if (isOfOne) return typeof command.args[0] === 'string'
  try {
    return (keysOf(command) ?? []).every((key) => typeof key === 'string')
  } catch {
    return false
  }
}

/** What a command came to that threw. */
export function outcomeOfThrown({ name }: Command, error: unknown): Outcome {
  const message = error instanceof Error ? error.message : ''
  const code = codeOf(error)
  if (code !== undefined) return { ok: false, code, message }
  // Arguments that no client lets through: what comes from another node must not end this one.
  return {
    ok: false,
    code: 'INVALID_ARGUMENT',
    message: `${name} cannot be run with these arguments: ${message}`,
  }
}
