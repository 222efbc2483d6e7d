import {
  CacheError,
  type Commands,
  type CommandTable,
  commands,
  type Driver,
  type Scope,
} from '@jcache/driver'
import { type ArrayMethods, arrayMethods, type ListEnds } from './array-methods.ts'
import { Engine } from './engine.ts'
import { type ClientOptions, readyOptions } from './options.ts'
import { type Plan, plansOf } from './plan.ts'
import type { Role } from './tier.ts'
import type { Offered } from './truth-of.ts'

/** A tier as the client shows it. */
export interface TierInfo {
  readonly name: string
  readonly scope: Scope
  readonly role: Role
}

/** Where an answer came from. */
export interface Explained<Answer> {
  readonly answer: Answer
  /** The tier that answered. */
  readonly tier: TierInfo
  /** Milliseconds since a copy was made, 0 from truth, null where the tier cannot tell. */
  readonly age: number | null
  /** Whether the answer came from a backup because truth is unavailable. */
  readonly stale: boolean
}

/** What every client has beside the commands. */
export interface ClientMethods<Methods> {
  /** The tiers, nearest first. */
  readonly tiers: readonly TierInfo[]
  /**
   * The text of the key if a local tier can answer at once: null where that tier is truth and has no such key,
   * undefined where only a farther tier could tell. Throws `WRONG_TYPE` where the key holds another type. O(1).
   */
  peek(key: string): string | null | undefined
  /** Runs the command and tells which tier answered. */
  explain<Name extends keyof Methods & string>(
    command: Name,
    ...args: Methods[Name] extends (...args: infer Parameters) => unknown ? Parameters : never
  ): Promise<Explained<Methods[Name] extends (...args: never) => Promise<infer Answer> ? Answer : never>>
  /** Closes every tier; later calls fail with `CLOSED`. */
  close(): Promise<void>
}

export type Client<Methods = Commands> = Methods & ClientMethods<Methods>

/** The client that `createClient` makes of these tiers; where it offers lists it has the methods of arrays too. */
export type ClientOver<Tiers extends readonly unknown[]> = Client<Offered<Tiers>> &
  (Offered<Tiers> extends ListEnds ? ArrayMethods : unknown)

/**
 * A client with every command that the truth among its tiers offers. Tiers are named in order, nearest first; truth is the
 * farthest shared tier, without a shared one the farthest.
 *
 * @throws CacheError `INVALID_ARGUMENT` without tiers or for a wrong option.
 */
export function createClient<const Tiers extends readonly [Driver<unknown>, ...Driver<unknown>[]]>(
  tiers: Tiers,
  options: ClientOptions = {},
): ClientOver<Tiers> {
  const engine = engineOf(tiers, options)
  const offered = Object.entries(commands).filter(([name]) => name in engine.truth.handlers)
  const table = offered.length === Object.keys(commands).length ? commands : Object.fromEntries(offered)
  return clientOf(table, engine, 'rpush' in engine.truth.handlers ? arrayMethods : {})
}

/**
 * A client with the commands of this table and no others, so that a bundle holds no more than it names. It also takes
 * tables of your own, for drivers that have commands beyond these.
 *
 * @throws CacheError `UNSUPPORTED` where truth lacks a command of the table, `INVALID_ARGUMENT` as `createClient`.
 */
export function createClientOf<Methods>(
  table: CommandTable<Methods>,
  tiers: readonly Driver<unknown>[],
  options: ClientOptions = {},
): Client<Methods> {
  const engine = engineOf(tiers, options)
  const missing = Object.keys(table).filter((name) => !(name in engine.truth.handlers))
  if (missing.length)
    throw new CacheError('UNSUPPORTED', `${engine.truth.name} is the truth but lacks ${missing.join(', ')}`)
  return clientOf(table, engine)
}

function engineOf(tiers: readonly Driver<unknown>[], options: ClientOptions): Engine {
  if (!tiers?.length)
    throw new CacheError('INVALID_ARGUMENT', 'a client needs at least one tier, such as memory()')
  return new Engine(tiers, readyOptions(options))
}

/** The one place where a class made from rows is said to have the methods that the rows stand for. */
function clientOf<Made>(table: object, engine: Engine, more: object = {}): Made {
  let made = classes.get(table)
  if (!made) {
    made = classOf(plansOf(table))
    Object.assign(made.prototype, more)
    classes.set(table, made)
  }
  return new made(engine) as Made
}

type ClientClass = new (engine: Engine) => object

/** One class for each table: methods on a prototype are faster than on the object, and made only once. */
const classes: WeakMap<object, ClientClass> = /*#__PURE__*/ new WeakMap()

function classOf(plans: readonly Plan[]): ClientClass {
  const planOf = new Map(plans.map((plan) => [plan.name, plan]))

  class TieredClient {
    readonly #engine: Engine

    constructor(engine: Engine) {
      this.#engine = engine
    }

    get tiers(): readonly TierInfo[] {
      return this.#engine.tiers.map(({ name, scope, role }) => ({ name, scope, role }))
    }

    peek(key: string): unknown {
      const { tiers, copies } = this.#engine
      const [nearest] = tiers
      const known =
        nearest?.scope === 'local' &&
        (nearest.role === 'truth' || (copies.usable(nearest) && nearest.entries?.holds(key)))
      return known ? nearest.handlers['get']?.(key) : undefined
    }

    async explain(name: string, ...args: unknown[]): Promise<unknown> {
      const plan = planOf.get(name)
      if (!plan) throw new CacheError('UNSUPPORTED', `there is no command ${name} on this client`)
      const { truth } = this.#engine
      let from = truth
      let age: number | null = 0
      const answer = await this.#engine.run(plan, args, (tier, key) => {
        from = tier
        age = tier === truth ? 0 : (tier.entries?.age?.(key) ?? null)
      })
      const { name: tier, scope, role } = from
      return { answer, tier: { name: tier, scope, role }, age, stale: role === 'backup' }
    }

    close(): Promise<void> {
      return this.#engine.close()
    }

    static {
      for (const plan of plans) {
        const { name } = plan
        const method = {
          [name](this: TieredClient, ...args: unknown[]): Promise<unknown> {
            try {
              return Promise.resolve(this.#engine.call(plan, args))
            } catch (error) {
              return Promise.reject(error)
            }
          },
        }
        Object.defineProperty(TieredClient.prototype, name, {
          value: method[name],
          writable: true,
          configurable: true,
        })
      }
    }
  }
  return TieredClient
}
