import { type Driver, derive, type Scope } from '@jcache/driver'

/** One call that a driver was asked. */
export interface Observation {
  readonly driver: string
  readonly command: string
  readonly args: readonly unknown[]
  /** Milliseconds until the answer. */
  readonly ms: number
  /** Why it failed, undefined where it did not. */
  readonly error: unknown
}

type Handler = (...args: readonly unknown[]) => unknown

/** The driver, with every call told to the observer after its answer. What the observer throws is ignored. */
export function observed<Methods, Where extends Scope>(
  driver: Driver<Methods, Where>,
  observer: (observation: Observation) => void,
): Driver<Methods, Where> {
  const handlers = driver.commands as Readonly<Record<string, Handler>>
  return {
    ...driver,
    commands: derive(handlers, (command) => (...args: readonly unknown[]) => {
      const start = performance.now()
      const tell = (error?: unknown) => {
        try {
          observer({ driver: driver.name, command, args, ms: performance.now() - start, error })
        } catch {}
      }
      try {
        const reply = handlers[command]?.(...args)
        if (reply instanceof Promise) reply.then(() => tell(), tell)
        else tell()
        return reply
      } catch (error) {
        tell(error)
        throw error
      }
    }),
  }
}
