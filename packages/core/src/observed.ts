import { type Driver, derive, quietly, type Scope } from '@jcache/driver'

/** One call that a driver was asked. */
export interface Observation {
  readonly driver: string
  /** The name of the command, or of the function of `entries`. */
  readonly command: string
  readonly args: readonly unknown[]
  /** Milliseconds until the answer. */
  readonly ms: number
  /** Why it failed, undefined where it did not. */
  readonly error: unknown
}

type Handlers = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

/**
 * The driver, with every call told to the observer after its answer: commands, and what moves whole keys (`dump load drop
 * clear holds`). What the observer throws is ignored.
 */
export function observed<Methods, Where extends Scope>(
  driver: Driver<Methods, Where>,
  observer: (observation: Observation) => void,
): Driver<Methods, Where> {
  const { commands, entries } = driver
  const heard = quietly(observer)
  const { age: _age, scan: _scan, ...moves } = entries ?? {}
  // Calls are told of by name, whatever their types are; they pass through as they came.
  return {
    ...driver,
    commands: derive(commands, watch(commands as Handlers)),
    ...(entries && {
      entries: { ...entries, ...derive<object>(moves, watch(entries as unknown as Handlers)) },
    }),
  }

  function watch(handlers: Handlers) {
    return (command: string) =>
      (...args: readonly unknown[]) => {
        const start = performance.now()
        const tell = (error?: unknown) =>
          heard({ driver: driver.name, command, args, ms: performance.now() - start, error })
        try {
          const reply = handlers[command]?.(...args)
          if (reply instanceof Promise) reply.then(() => tell(), tell)
          else tell()
          return reply
        } catch (error) {
          tell(error)
          throw error
        }
      }
  }
}
