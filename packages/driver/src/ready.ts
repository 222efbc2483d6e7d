import { CacheError, type ErrorCode } from './errors.ts'
import type { Kind, Kinds } from './kinds/kind.ts'
import { show } from './show.ts'

/** Tells what is not as wanted; never returns. */
export type Refuse = (wanted: string, found: unknown, code?: ErrorCode) => never

/** The value as its kind makes it ready. */
export function readyOf([wanted, become]: Kind, value: unknown, place: string, refuse: Refuse): unknown {
  const ready = become(value)
  return ready ?? refuse(`${wanted} ${place}`, show(value), ready === null ? 'NOT_A_NUMBER' : undefined)
}

/** The options that are given, each as its kind makes it ready; a flag that is not set is as if it were not given. */
export function readyOptions(kinds: Kinds, given: unknown, refuse: Refuse): Record<string, unknown> {
  if (typeof given !== 'object' || !given) return refuse('an options object', show(given))
  const checked: Record<string, unknown> = {}
  for (const [option, value] of Object.entries(given)) {
    const kind = Object.hasOwn(kinds, option) && kinds[option]
    if (!kind) return refuse(`only the options ${Object.keys(kinds).join(', ')}`, show(option))
    const ready = value !== undefined && readyOf(kind, value, `for ${option}`, refuse)
    if (ready !== false) checked[option] = ready
  }
  return checked
}

/** Throws what is told of something that is not as wanted; `who` takes it. */
export function refusalOf(who: () => string): Refuse {
  return (wanted, found, code = 'INVALID_ARGUMENT') => {
    throw new CacheError(code, `${who()} wants ${wanted}, found ${found}`)
  }
}

/** The kind of each option of a tier or client. */
export type OptionKinds<Options> = {
  readonly [Option in keyof Options]-?: readonly [
    wanted: string,
    become: (value: Exclude<Options[Option], undefined>) => unknown,
  ]
}

/** What the options are when their kinds have made them ready. */
export type ReadyOptions<Known> = {
  readonly [Option in keyof Known]?: Known[Option] extends readonly [string, (value: never) => infer Ready]
    ? Exclude<Ready, undefined | null>
    : never
}

/**
 * The options that are given to a tier or client, each as its kind makes it ready. A kind gets whatever was given, since
 * JavaScript holds nobody to a type.
 *
 * @throws CacheError `INVALID_ARGUMENT` for an option that is unknown or not of its kind.
 */
export function optionsOf<Options extends object, Known extends OptionKinds<Options>>(
  who: string,
  known: Known & OptionKinds<Options>,
  given: Options | undefined,
): ReadyOptions<Known> {
  return readyOptions(
    known as unknown as Kinds,
    given ?? {},
    refusalOf(() => who),
  ) as ReadyOptions<Known>
}

/** The value if it is a function: what an option becomes that takes one. */
export function callable<Given>(value: Given): Given | undefined {
  return typeof value === 'function' ? value : undefined
}
