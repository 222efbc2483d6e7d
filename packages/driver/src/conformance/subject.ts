import { checkOf } from '../check.ts'
import { type Commands, commands as table } from '../commands/index.ts'
import { derive } from '../derive.ts'
import type { Driver, DriverCommands } from '../driver.ts'
import { keysOf } from '../keys-of.ts'
import { Unmet } from './equal.ts'
import { NotOffered } from './not-offered.ts'

/** A driver that has some of the commands. */
export interface AnyDriver extends Omit<Driver, 'commands'> {
  readonly commands: Partial<DriverCommands<Commands>>
}

/** Anything with some of the commands as async methods: a client, or a decorator of one. */
export interface AnyClient extends Partial<Commands> {
  close?(): void | Promise<void>
}

/** What the kit judges, called as a client is. */
export interface Subject {
  /** Every command; one that the subject lacks rejects with `NotOffered`. */
  readonly commands: Commands
  /** The same by name, for cases made from the table. */
  call(name: string, ...args: unknown[]): Promise<unknown>
  offers(name: string): boolean
  /** The subject itself where it is a driver. */
  readonly driver: AnyDriver | undefined
  /** Removes the keys that cases used. */
  clean(): Promise<void>
  /** Closes the subject; answers false where it has nothing to close. */
  close(): Promise<boolean>
}

/** The subject of a driver, which is given checked arguments, or of a client, which is called as it is. */
export function subjectOf(judged: AnyDriver | AnyClient): Subject {
  const driver = isDriver(judged) ? judged : undefined
  const offered: object = driver ? driver.commands : judged
  const methods = new Map(Object.keys(table).map((name) => [name, methodOf(offered, name)]))
  const used = new Set<string>()

  const commands = derive<Commands>(table, (name, command) => {
    const check = checkOf(name, command)
    const method = methods.get(name)
    if (!method) return () => Promise.reject(new NotOffered(`offers no ${name}`))
    const ready = (args: readonly unknown[]) => {
      const checked = check(args)
      for (const key of keysOf(command, checked)) if (key.startsWith('{')) used.add(key)
      return checked
    }
    if (driver) return async (...args: unknown[]) => method.apply(offered, [...ready(args)])
    return (...args: unknown[]) => {
      try {
        ready(args)
      } catch {} // The client's own answer to bad arguments is judged, not this one.
      return promised(name, () => method.apply(offered, args))
    }
  })

  return {
    commands,
    call: (name, ...args) => (methodOf(commands, name) ?? missing)(...args),
    offers: (name) => methods.get(name) !== undefined,
    driver,
    clean: async () => {
      if (methods.get('del') && used.size) await commands.del(...used)
    },
    close: async () => {
      await judged.close?.()
      return judged.close !== undefined
    },
  }
}

/** Holds a client to its word: what it answers, errors too, comes by promise. */
function promised(name: string, call: () => unknown): Promise<unknown> {
  try {
    const answer = call()
    if (isPromise(answer)) return answer
    return Promise.reject(new Unmet(`${name} answered at once, not by promise`, 'a promise', answer))
  } catch (error) {
    const message = `${name} threw ${error} instead of rejecting`
    return Promise.reject(new Unmet(message, 'a rejection', error, { cause: error }))
  }
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

type Method = (...args: unknown[]) => Promise<unknown>

function methodOf(object: object, name: string): Method | undefined {
  const method: unknown = Reflect.get(object, name)
  return typeof method === 'function' ? (method as Method) : undefined
}

function missing(): Promise<never> {
  return Promise.reject(new NotOffered('no such command'))
}

function isDriver(judged: AnyDriver | AnyClient): judged is AnyDriver {
  return 'commands' in judged && 'scope' in judged && typeof judged.commands === 'object'
}
