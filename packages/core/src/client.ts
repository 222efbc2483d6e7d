import {
  CacheError,
  type Command,
  type Commands,
  type CommandTable,
  checkOf,
  commands,
  type Driver,
  type Entry,
  MAX_KEY_LENGTH,
} from '@jcache/driver'
import { alone } from './alone.ts'
import { type ArrayMethods, arrayMethods, type ListEnds } from './array-methods.ts'
import type { Engine, Handlers, StreamState, TierInfo } from './engine.ts'
import type { ClientOptions } from './options.ts'
import { type Plan, plansOf } from './plan.ts'
import { showsKey } from './shows-key.ts'
import { type Source, sourceOf } from './source.ts'
import { tiered } from './tiered.ts'
import type { Offered } from './truth-of.ts'

/** An answer, and where it came from. */
export interface Explained<Answer> extends Source {
  readonly answer: Answer
}

/** What every client has beside the commands. */
export interface ClientMethods<Methods> {
  /** The tiers, nearest first. */
  readonly tiers: readonly TierInfo[]
  /** Whether truth tells of changes made elsewhere; near copies are bypassed while it is `connecting` or `lost`. */
  readonly stream: StreamState
  /**
   * The text of the key if a local tier can answer at once: null where that tier is truth and has no such key,
   * undefined where only a farther tier could tell. Throws `WRONG_TYPE` where the key holds another type. O(1).
   */
  peek(key: string): string | null | undefined
  /**
   * The key as a whole: its type, its value and when it ends, as truth has it; null without such a key. One round trip,
   * shared by all who ask meanwhile, which also fills the nearer tiers. O(N) with N the size of the value.
   * Throws `UNSUPPORTED` where truth does not move whole keys, `TIMEOUT` or `UNAVAILABLE` where no tier can answer.
   */
  entry(key: string): Promise<Entry | null>
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
  const engine = tiered(tiers, options)
  const offered = Object.entries(commands).filter(([name]) => engine.offers(name))
  const table = offered.length === Object.keys(commands).length ? commands : Object.fromEntries(offered)
  const client = clientOf<ClientOver<Tiers>>(table, engine)
  const lists = ['lpush', 'rpush', 'lpop', 'rpop'].every((name) => engine.offers(name))
  return lists ? Object.assign(client, arrayMethods) : client
}

/**
 * A client with the commands of this table and no others, over one local driver or over tiers put together by `tiered`:
 * a bundle holds no more than is named. It also takes tables of your own, for drivers that have commands beyond these.
 *
 * @throws CacheError `UNSUPPORTED` where the truth lacks a command of the table.
 */
export function createClientOf<Methods>(
  table: CommandTable<Methods>,
  over: Driver<Methods, 'local'> | Engine,
): Client<Methods> {
  const engine = 'run' in over ? over : alone(over)
  const missing = Object.keys(table).filter((name) => !engine.offers(name))
  if (missing.length)
    throw new CacheError('UNSUPPORTED', `the truth of these tiers lacks ${missing.join(', ')}`)
  return clientOf(table, engine)
}

/** The one place where a class made from rows is said to have the methods that the rows stand for. */
function clientOf<Made extends object>(table: object, engine: Engine): Made {
  let made = classes.get(table)
  if (!made) {
    made = classOf(plansOf(table))
    classes.set(table, made)
  }
  engine.start?.()
  return new made(engine) as Made
}

/** The arguments of what is asked of a key and is no command. */
const keyAlone: Command = { mode: 'read', args: ['key'], reply: 'text' }

type ClientClass = new (engine: Engine) => object
type Handler = Handlers[string]

/** One class for each table: methods on a prototype are faster than on the object, and made only once. */
const classes: WeakMap<object, ClientClass> = /*#__PURE__*/ new WeakMap()

function classOf(plans: readonly Plan[]): ClientClass {
  const planOf = new Map(plans.map((plan) => [plan.name, plan]))

  class TieredClient {
    readonly #engine: Engine
    #hand: Handlers | undefined
    #handlers: readonly (Handler | undefined)[] = []

    constructor(engine: Engine) {
      this.#engine = engine
    }

    get tiers(): readonly TierInfo[] {
      return this.#engine.tiers.map(({ name, scope, role }) => ({ name, scope, role }))
    }

    get stream(): StreamState {
      return this.#engine.stream
    }

    peek(key: string): unknown {
      const text = this.#engine.atHand?.['get']?.(key)
      return typeof text === 'string' && text !== '' ? text : this.#engine.peek(key)
    }

    async entry(key: string): Promise<Entry | null> {
      checkOf('entry', keyAlone)([key])
      return this.#engine.entry(key)
    }

    async explain(command: string, ...args: unknown[]): Promise<unknown> {
      const plan = planOf.get(command)
      if (!plan) throw new CacheError('UNSUPPORTED', `there is no command ${command} on this client`)
      let source: Source | undefined
      const answer = await this.#engine.run(plan, plan.check(args), (tier, key) => {
        source = sourceOf(tier, key)
      })
      return { answer, ...source }
    }

    async close(): Promise<void> {
      await this.#engine.close()
    }

    /** What is at hand for the command in this place; looked up by place, since a name costs as much as the hit itself. */
    #quick(at: number): Handler | undefined {
      const hand = this.#engine.atHand
      if (hand !== this.#hand) {
        this.#hand = hand
        this.#handlers = plans.map(({ name, route }) => (route === 'one' ? hand?.[name] : undefined))
      }
      return this.#handlers[at]
    }

    #call(plan: Plan, at: number, given: readonly unknown[]): Promise<unknown> {
      try {
        const args = plan.check(given)
        const answer = this.#quick(at)?.apply(this.#hand, [...args])
        return Promise.resolve(showsKey(answer) ? answer : this.#engine.run(plan, args))
      } catch (error) {
        return Promise.reject(error)
      }
    }

    static {
      for (const [at, plan] of plans.entries()) {
        const { name } = plan
        const bare = plan.command.args.length === 1 && plan.command.args[0] === 'key'
        const method = bare
          ? {
              // The call that must cost least: no list of arguments is made where the key is at hand.
              [name](this: TieredClient, key: unknown, ...more: unknown[]): Promise<unknown> {
                if (more.length === 0 && typeof key === 'string' && key.length <= MAX_KEY_LENGTH) {
                  try {
                    const answer = this.#quick(at)?.call(this.#hand, key)
                    if (typeof answer === 'string' && answer !== '') return Promise.resolve(answer)
                  } catch (error) {
                    return Promise.reject(error)
                  }
                }
                return this.#call(plan, at, [key, ...more])
              },
            }
          : {
              [name](this: TieredClient, ...given: unknown[]): Promise<unknown> {
                return this.#call(plan, at, given)
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
