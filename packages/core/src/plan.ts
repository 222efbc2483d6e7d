import { type AnyTable, type Command, checkOf } from '@jcache/driver'

/**
 * How a command is routed over the tiers, told from its row.
 *
 * - `one`: a read of one key, answered by the nearest tier that holds it.
 * - `each`: a read of many keys that is the read of each of them.
 * - `all`: a read of many keys at once, answered by a tier that holds them all.
 * - `truth`: a read that only truth can answer.
 * - `write`, `block`: changes truth, then the copies.
 */
export type Route = 'one' | 'each' | 'all' | 'truth' | 'write' | 'block'

export interface Plan {
  readonly name: string
  readonly command: Command
  readonly route: Route
  readonly check: (args: readonly unknown[]) => readonly unknown[]
}

export function plansOf(table: object): Plan[] {
  return Object.entries(table as AnyTable).map(([name, command]) => ({
    name,
    command,
    route: routeOf(command),
    check: checkOf(name, command),
  }))
}

function routeOf({ mode, truth, separable, args }: Command): Route {
  if (mode !== 'read') return mode
  const keys = args.filter((fact) => fact === 'key' || fact === '...key' || fact === 'keys')
  if (truth || keys.length === 0) return 'truth'
  if (separable) return 'each'
  return keys.length === 1 && keys[0] === 'key' ? 'one' : 'all'
}
