import { CacheError, type CommandTable, checkOf, type Driver, derive } from '@jcache/driver'
import type { Handlers } from './engine.ts'

/** The commands, and nothing else that other clients have. */
export type LeanClient<Methods> = Methods & {
  /** Closes the tier; later calls fail with `CLOSED`. */
  close(): Promise<void>
}

/**
 * A client for where every byte of a bundle counts: the commands of the table over one local driver, with their arguments
 * checked. It knows of no other tiers, so there is nothing to `peek` at or to `explain`.
 *
 * @throws CacheError `UNSUPPORTED` where the driver lacks a command of the table.
 */
export function leanClientOf<Methods>(
  table: CommandTable<Methods>,
  driver: Driver<Methods, 'local'>,
): LeanClient<Methods> {
  const handlers = driver.commands as Handlers
  const methods = derive<Methods>(table, (name, command) => {
    const check = checkOf(name, command)
    const handler = handlers[name]
    if (!handler) throw new CacheError('UNSUPPORTED', `${driver.name} lacks ${name}`)
    return async (...args: readonly unknown[]) => handler(...check(args))
  })
  return { ...methods, close: async () => driver.close?.() }
}
