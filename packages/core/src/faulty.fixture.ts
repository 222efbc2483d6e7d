import {
  type AnyTable,
  CacheError,
  type Driver,
  derive,
  type Entries,
  type Invalidation,
  keysOf,
  commands as table,
} from '@jcache/driver'

type Handler = (...args: readonly unknown[]) => unknown

/** Before the call reaches the tier, or after it, with the answer on its way back. */
export type Side = 'request' | 'answer'

/** A call that was held up, until `go` lets it through. */
export interface Held {
  readonly call: string
  readonly side: Side
  go(): void
}

export interface Failure {
  /** Default: `UNAVAILABLE`. */
  readonly error?: unknown
  /** Only calls of this name. Default: all. */
  readonly call?: string
  /** `answer`: the call does its work and only the answer is lost. Default: `request`. */
  readonly side?: Side
}

/** A shared tier that does as the test says. Calls are named by command, or `dump load drop clear holds`. */
export interface Faulty<Methods> extends Driver<Methods, 'shared'> {
  readonly entries: Entries
  /** The tier itself, unheld: what a foreign writer changes, and what the tier truly holds. */
  readonly behind: Driver<Methods>
  /** The calls in the order asked, with their keys: `'mget a b'`. */
  readonly log: string[]
  /** What is held up now, longest first. */
  readonly waiting: Held[]
  /** Holds up calls of this name, or all, from now on. */
  hold(call?: string, side?: Side): void
  /** Holds up no more, lets go what waits, and comes back when that has had its effect. */
  release(): Promise<void>
  /** Lets the next `count` calls fail. */
  fail(count: number, failure?: Failure): void
  /** Tells the subscribers; only with `stream`. */
  emit(invalidation: Invalidation): void
  /** How many are subscribed. */
  readonly subscribers: number
  readonly closed: boolean
}

/** Comes back when all that could go on without time, I/O or release has gone on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await null
}

/** The driver as a shared tier, asynchronous and under control; `stream`: it tells of changes, when the test says so. */
export function faulty<Methods>(
  driver: Driver<Methods> & { readonly entries: Entries },
  { name = 'shared', stream = false }: { readonly name?: string; readonly stream?: boolean } = {},
): Faulty<Methods> {
  const log: string[] = []
  const waiting: Held[] = []
  const held = { request: new Set<string>(), answer: new Set<string>() }
  const listeners = new Set<(invalidation: Invalidation) => void>()
  let failures: (Failure & { left: number })[] = []
  let closed = false

  const gate = async (call: string, side: Side) => {
    if (held[side].has(call) || held[side].has('*')) {
      await new Promise<void>((resolve) => {
        const one: Held = {
          call,
          side,
          go: () => {
            waiting.splice(waiting.indexOf(one), 1)
            resolve()
          },
        }
        waiting.push(one)
      })
    }
    const failure = failures.find((each) => (each.call ?? call) === call && (each.side ?? 'request') === side)
    if (!failure) return
    if (--failure.left === 0) failures = failures.filter((each) => each !== failure)
    throw failure.error ?? new CacheError('UNAVAILABLE', `${name} was told to fail`)
  }

  const ask = async (call: string, keys: readonly string[], run: () => unknown) => {
    log.push([call, ...keys].join(' '))
    await gate(call, 'request')
    const answer = await run()
    await gate(call, 'answer')
    return answer
  }

  const handlers = driver.commands as Readonly<Record<string, Handler>>
  const { entries } = driver
  return {
    name,
    scope: 'shared',
    behind: driver,
    log,
    waiting,
    commands: derive(handlers, (command) => (...args: readonly unknown[]) => {
      const row = (table as unknown as AnyTable)[command]
      return ask(command, row ? keysOf(row, args) : [], () => handlers[command]?.(...args))
    }),
    entries: {
      dump: (key, limit) => ask('dump', [key], () => entries.dump(key, limit)) as ReturnType<Entries['dump']>,
      load: (key, entry) => ask('load', [key], () => entries.load(key, entry)) as Promise<void>,
      drop: (keys) => ask('drop', keys, () => entries.drop(keys)) as Promise<void>,
      clear: (prefix) => ask('clear', [], () => entries.clear(prefix)) as Promise<void>,
      holds: (key) => ask('holds', [key], () => entries.holds(key)) as Promise<boolean>,
      scan: (prefix) => entries.scan(prefix),
    },
    ...(stream && {
      invalidations: (listener: (invalidation: Invalidation) => void) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    }),
    hold: (call = '*', side = 'answer') => void held[side].add(call),
    async release() {
      held.request.clear()
      held.answer.clear()
      for (const one of [...waiting]) one.go()
      await settled()
    },
    fail: (count, failure = {}) => void failures.push({ ...failure, left: count }),
    emit(invalidation) {
      for (const listener of listeners) listener(invalidation)
    },
    get subscribers() {
      return listeners.size
    },
    get closed() {
      return closed
    },
    close() {
      closed = true
      return driver.close?.()
    },
  }
}
