import type { AnyTable, Command } from '@jcache/driver'
import * as contract from '@jcache/driver'

/** The tables of commands by type: whatever tables the contract exports, but those of another's rows. */
export const groups: ReadonlyMap<string, AnyTable> = new Map(
  Object.entries<unknown>({ ...contract }).flatMap(([name, exported]) =>
    isTable(exported) && exported !== contract.commands && exported !== contract.plainString
      ? [[name, exported]]
      : [],
  ),
)

/** The row of the command. */
export function rowOf(name: string): Command {
  const table: AnyTable = contract.commands
  const row = Object.hasOwn(table, name) ? table[name] : undefined
  if (row) return row
  throw new Error(`there is no command ${name}`)
}

/** The names of all commands. */
export function names(): string[] {
  return Object.keys(contract.commands)
}

function isTable(exported: unknown): exported is AnyTable {
  return (
    typeof exported === 'object' &&
    exported !== null &&
    Object.values(exported).every((row) => typeof row === 'object' && row !== null && 'mode' in row)
  )
}
