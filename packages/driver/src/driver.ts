import type { Ready } from './argument.ts'
import type { Commands } from './commands/index.ts'
import type { Entries } from './entry.ts'
import type { Invalidations } from './invalidation.ts'

/** The functions of a driver: each command with checked arguments (see `Ready`), answered at once or by promise. */
export type DriverCommands<Methods> = {
  readonly [Name in keyof Methods]: Methods[Name] extends (...args: infer Parameters) => Promise<infer Answer>
    ? (...args: ReadyParameters<Parameters>) => Answer | Promise<Answer>
    : never
}

type ReadyParameters<Parameters extends readonly unknown[]> = {
  [At in keyof Parameters]: Ready<Parameters[At]>
}

/** `local`: within this process, answers at once. `shared`: seen by other processes, asked under a deadline. */
export type Scope = 'local' | 'shared'

/** One tier: a name and the commands it has. Made by a function, extended by none. */
export interface Driver<Methods = Commands, Where extends Scope = Scope> {
  readonly name: string
  /** Written as a literal type, it lets the client's type tell which tier is the truth. */
  readonly scope: Where
  readonly commands: DriverCommands<Methods>
  /** Moves whole keys; without it the tier is neither copied nor a copy. */
  readonly entries?: Entries
  /** Tells what changed elsewhere; without it near copies live for a bounded time only. */
  readonly invalidations?: Invalidations
  /** Lets go of connections and timers; later calls fail with `CLOSED`. */
  close?(): void | Promise<void>
}
