import type { AnyTable, Command } from './command.ts'

/**
 * One function for each row of the table. The names are the table's, so the result has the methods the table was made for;
 * that the functions behave so is what the conformance kit shows.
 */
export function derive<Derived>(table: object, make: (name: string, command: Command) => unknown): Derived {
  const derived: Record<string, unknown> = {}
  for (const [name, command] of Object.entries(table as AnyTable)) derived[name] = make(name, command)
  return derived as Derived
}
