import {
  type AnyTable,
  codeOf,
  keysOf as keysOfRow,
  type Command as Row,
  commands as table,
} from '@jcache/driver'
import { entryRows } from './entry-rows.ts'
import type { Command, Outcome } from './request.ts'

/** What every node runs: the commands of the table, and what moves whole keys. */
function rowOf(name: string): Row | undefined {
  const rows: AnyTable = Object.hasOwn(table, name) ? table : entryRows
  return Object.hasOwn(rows, name) ? rows[name] : undefined
}

export function modeOf({ name }: Command): Row['mode'] {
  return rowOf(name)?.mode ?? 'write'
}

/** The keys that the command names, null where it names none. */
export function keysOf({ name, args }: Command): readonly string[] | null {
  const row = rowOf(name)
  const keys = row ? keysOfRow(row, args) : []
  return keys.length > 0 ? keys : null
}

/**
 * Why the command cannot be tried, undefined if it can: what another node sends, no client of this one has checked. What
 * else is wrong with its arguments shows when it is run.
 */
export function misuse(command: Command): Outcome | undefined {
  const { name, args } = command
  const row = rowOf(name)
  if (!row)
    return { ok: false, code: 'UNSUPPORTED', message: `this node knows no command ${JSON.stringify(name)}` }
  if (args.length >= least(row) && hasKeys(command)) return undefined
  return { ok: false, code: 'INVALID_ARGUMENT', message: `${name} wants other arguments` }
}

/** How many arguments no call leaves out. */
function least({ args: facts }: Row): number {
  let count = 0
  for (const fact of facts) if (typeof fact === 'string' && !fact.endsWith('?')) count++
  return count
}

function hasKeys(command: Command): boolean {
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
