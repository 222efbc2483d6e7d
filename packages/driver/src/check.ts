import type { ArgumentKind } from './argument.ts'
import type { Command, OptionFacts } from './command.ts'
import { CacheError, type ErrorCode } from './errors.ts'
import { isKey, kinds } from './kinds.ts'

/**
 * The check of a command's arguments: answers them as drivers get them.
 * The check throws CacheError `INVALID_ARGUMENT` or `NOT_A_NUMBER`, which names the command, its key, and what was wanted.
 */
export function checkOf(name: string, command: Command): (args: readonly unknown[]) => readonly unknown[] {
  const { args: facts, exclusive = [] } = command
  const last = facts.length - 1
  const most = facts.some((fact) => typeof fact === 'string' && fact.startsWith('.'))
    ? Infinity
    : facts.length
  // Reads of a key and nothing else are the calls that must cost least.
  const bare = facts.length === 1 && facts[0] === 'key'

  return (args) => {
    if (bare && args.length === 1 && isKey(args[0])) return args
    const refuse: Refuse = (wanted, found, code = 'INVALID_ARGUMENT') => {
      const key = typeof args[0] === 'string' ? ` ${show(args[0])}` : ''
      throw new CacheError(code, `${name}${key} wants ${wanted}, found ${found}`)
    }
    const given = Math.max(args.length, facts.length)
    if (given > most) refuse(`${most} arguments at most`, given)
    const checked: unknown[] = []
    for (let at = 0; at < given; at++) {
      const fact = facts[Math.min(at, last)] ?? {}
      const value = args[at]
      const options = typeof fact === 'object'
      if (value === undefined && (options || fact.endsWith('?'))) continue
      const ready = options
        ? readyOptions(fact, exclusive, value, refuse)
        : readyOf(fact.replace(/\W/g, '') as ArgumentKind, value, `as argument ${at + 1}`, refuse)
      // What was left out has no place in Redis's words, so that no option can stand behind it.
      if (checked.length < at && Object.keys(Object(ready)).length)
        refuse(`argument ${at}, as options follow`, 'none')
      checked[at] = ready
    }
    return checked
  }
}

/** Tells what is not as wanted; never returns. */
type Refuse = (wanted: string, found: unknown, code?: ErrorCode) => never

function readyOf(kind: ArgumentKind, value: unknown, place: string, refuse: Refuse): unknown {
  const [wanted, become] = kinds[kind]
  const ready = become(value)
  return ready ?? refuse(`${wanted} ${place}`, show(value), ready === null ? 'NOT_A_NUMBER' : undefined)
}

function readyOptions(
  facts: OptionFacts,
  exclusive: readonly (readonly string[])[],
  given: unknown,
  refuse: Refuse,
): unknown {
  if (typeof given !== 'object' || !given) return refuse('an options object', show(given))
  const checked: Record<string, unknown> = {}
  for (const [option, value] of Object.entries(given)) {
    const kind = Object.hasOwn(facts, option) ? facts[option] : undefined
    if (!kind) return refuse(`only the options ${Object.keys(facts).join(', ')}`, show(option))
    if (value !== undefined && value !== false)
      checked[option] = readyOf(kind, value, `for ${option}`, refuse)
  }
  for (const group of exclusive) {
    const both = group.filter((option) => option in checked)
    if (both.length > 1) refuse(`one of ${group.join(', ')}`, both.join(' with '))
  }
  return checked
}

/** A value as an error message shows it: short, and never by running code of its own. */
function show(value: unknown): string {
  const type = Array.isArray(value) ? 'array' : value === null ? '' : typeof value
  if (/^[ao]/.test(type)) return `an ${type}`
  const shown = type === 'string' ? JSON.stringify(value) : type === 'function' ? 'a function' : String(value)
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown
}
