import type { ArgumentKind, ReadyBound } from './argument.ts'
import type { Command, OptionFacts } from './command.ts'
import { type Duration, milliseconds } from './duration.ts'
import { CacheError, type ErrorCode } from './errors.ts'

/** The longest key, in UTF-16 units: keys are names, and every tier keeps them in memory. */
export const MAX_KEY_LENGTH = 65_536

/** Tells that the value is not what is wanted; never returns. */
type Refuse = (wanted: string, code?: ErrorCode) => never
type Check = (value: unknown, refuse: Refuse) => unknown

/** One more than the greatest cursor. */
const CURSORS = 18_446_744_073_709_551_616n

const isKey = (value: unknown): boolean => typeof value === 'string' && value.length <= MAX_KEY_LENGTH

const key: Check = (value, refuse) =>
  isKey(value) ? value : refuse(`a key, a string of at most ${MAX_KEY_LENGTH} characters`)

const text: Check = (value, refuse) => (typeof value === 'string' ? value : refuse('a string'))

const wholeFrom =
  (least: number, wanted: string): Check =>
  (value, refuse) =>
    Number.isSafeInteger(value) && (value as number) >= least ? value : refuse(wanted)

const double: Check = (value, refuse) =>
  typeof value === 'number' && !Number.isNaN(value) ? value : refuse('a number', 'NOT_A_NUMBER')

const durationFrom =
  (least: number): Check =>
  (value, refuse) => {
    try {
      const ms = milliseconds(value as Duration)
      if (ms >= least) return ms
    } catch {}
    return refuse(`a duration ${least ? 'above zero' : 'of zero or more'}, as 500 (milliseconds) or '5m'`)
  }

const bound: Check = (value, refuse): ReadyBound => {
  const said = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const [, open, digits = ''] =
    /^(\(?)([+-]?inf|[+-]?[\d.]+(?:e[+-]?\d+)?)$/i.exec(said.replace('Infinity', 'inf')) ?? []
  const score = Number(digits.toLowerCase().replace('inf', 'Infinity'))
  return digits && !Number.isNaN(score)
    ? { score, exclusive: open === '(' }
    : refuse("a score, as 5, '(5' (exclusive), '-inf' or '+inf'", 'NOT_A_NUMBER')
}

const pairsOf =
  (name: Check, content: Check): Check =>
  (value, refuse) => {
    if (typeof value !== 'object' || value === null) return refuse('a record, a Map or pairs')
    const pairs: unknown[] =
      Symbol.iterator in value ? [...(value as Iterable<unknown>)] : Object.entries(value)
    if (pairs.length === 0) return refuse('at least one entry')
    return pairs.map((pair) =>
      Array.isArray(pair) && pair.length === 2
        ? [name(pair[0], refuse), content(pair[1], refuse)]
        : refuse('pairs of a name and its value'),
    )
  }

const checks: { readonly [Kind in ArgumentKind]: Check } = {
  key,
  text,
  integer: (value, refuse) =>
    Number.isSafeInteger(value) ? value : refuse('an integer within ±2^53', 'NOT_A_NUMBER'),
  count: wholeFrom(0, 'a count of zero or more'),
  positive: wholeFrom(1, 'a count of one or more'),
  cursor: (value, refuse) =>
    typeof value === 'string' && /^\d{1,20}$/.test(value) && BigInt(value) < CURSORS
      ? value
      : refuse("a cursor, '0' or what a scan answered"),
  double,
  duration: durationFrom(1),
  timeout: durationFrom(0),
  instant: (value, refuse) => {
    const ms = typeof value === 'number' || value instanceof Date ? Math.ceil(Number(value)) : Number.NaN
    return Number.isSafeInteger(ms) ? ms : refuse('an instant, a Date or Unix time in milliseconds')
  },
  flag: (value, refuse) => (typeof value === 'boolean' ? value : refuse('true or false')),
  bound,
  limit: (value, refuse) =>
    Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger)
      ? value
      : refuse('[offset, count]'),
  keys: (value, refuse) => {
    const keys: unknown[] = Array.isArray(value) ? value : [value]
    return keys.length ? keys.map((each) => key(each, refuse)) : refuse('at least one key')
  },
  keyed: pairsOf(key, text),
  pairs: pairsOf(text, text),
  scores: pairsOf(text, double),
  signal: (value, refuse) => (value instanceof AbortSignal ? value : refuse('an AbortSignal')),
}

/**
 * The check of a command's arguments: answers them as drivers get them.
 * The check throws CacheError `INVALID_ARGUMENT` or `NOT_A_NUMBER`, which names the command, its key, and what was wanted.
 */
export function checkOf(name: string, command: Command): (args: readonly unknown[]) => readonly unknown[] {
  const steps = command.args.map((fact) =>
    typeof fact === 'string'
      ? { check: checks[fact.replace(/\W/g, '') as ArgumentKind], optional: fact.endsWith('?') }
      : { check: optionsOf(fact, command.exclusive ?? []), optional: true },
  )
  const last = steps.length - 1
  const most = command.args.some((fact) => typeof fact === 'string' && fact.startsWith('.'))
    ? Infinity
    : steps.length

  // Reads of a key and nothing else are the calls that must cost least.
  const bare = command.args.length === 1 && command.args[0] === 'key'

  return (args) => {
    if (bare && args.length === 1 && isKey(args[0])) return args
    const given = Math.max(args.length, steps.length)
    const checked: unknown[] = []
    let at = 0
    try {
      if (given > most) refuse(`${most} arguments at most, found ${given}`)
      for (; at < given; at++) {
        const step = steps[Math.min(at, last)]
        if (!step || (step.optional && args[at] === undefined)) continue
        const value = step.check(args[at], refuse)
        // What was left out has no place in Redis's words, so that no option can stand behind it.
        if (checked.length < at && Object.keys(Object(value)).length)
          refuse(`argument ${at}, as options follow`)
        checked[at] = value
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const key = typeof args[0] === 'string' ? ` ${show(args[0])}` : ''
      const place =
        typeof command.args[at] === 'object' || given > most
          ? ''
          : ` as argument ${at + 1}, found ${show(args[at])}`
      throw new CacheError(error.code, `${name}${key} wants ${error.message}${place}`)
    }
    return checked
  }
}

/** What a check throws before command, key and place are known. */
class Refusal extends Error {
  readonly code: ErrorCode

  constructor(wanted: string, code: ErrorCode) {
    super(wanted)
    this.code = code
  }
}

const refuse: Refuse = (wanted, code = 'INVALID_ARGUMENT') => {
  throw new Refusal(wanted, code)
}

const optionsOf =
  (facts: OptionFacts, exclusive: readonly (readonly string[])[]): Check =>
  (options) => {
    if (typeof options !== 'object' || options === null)
      return refuse(`an options object, found ${show(options)}`)
    const checked: Record<string, unknown> = {}
    for (const [option, value] of Object.entries(options)) {
      const kind = Object.hasOwn(facts, option) ? facts[option] : undefined
      if (!kind) return refuse(`only the options ${Object.keys(facts).join(', ')}, found ${show(option)}`)
      if (value === undefined || value === false) continue
      checked[option] = checks[kind](value, (wanted, code) =>
        refuse(`${wanted} for ${option}, found ${show(value)}`, code),
      )
    }
    for (const group of exclusive) {
      const both = group.filter((option) => option in checked)
      if (both.length > 1) refuse(`one of ${group.join(', ')}, found ${both.join(' with ')}`)
    }
    return checked
  }

/** A value as an error message shows it: short, and never by running code of its own. */
function show(value: unknown): string {
  const shown =
    typeof value === 'string'
      ? JSON.stringify(value)
      : Array.isArray(value)
        ? 'an array'
        : typeof value === 'object' && value
          ? 'an object'
          : typeof value === 'function'
            ? 'a function'
            : String(value)
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown
}
