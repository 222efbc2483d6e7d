import type { Command, OptionFacts } from './command.ts'
import { CacheError, type ErrorCode } from './errors.ts'
import { common, isKey } from './kinds/common.ts'
import type { Kinds } from './kinds/kind.ts'
import { show } from './show.ts'

/** Tells what is not as wanted; never returns. */
type Refuse = (wanted: string, found: unknown, code?: ErrorCode) => never

/**
 * The check of a command's arguments: answers them as drivers get them.
 * The check throws CacheError `INVALID_ARGUMENT` or `NOT_A_NUMBER`, which names the command, its key, and what was wanted.
 */
export function checkOf(name: string, command: Command): (args: readonly unknown[]) => readonly unknown[] {
  const { args: facts, exclusive = [] } = command
  const kinds: Kinds = { ...common, ...command.kinds }
  const names = facts.map((fact) => (typeof fact === 'string' ? fact.replace(/\W/g, '') : ''))
  const last = facts.length - 1
  // Reads of a key and nothing else are the calls that must cost least.
  const bare = last === 0 && facts[0] === 'key'

  return (args) => {
    if (bare && args.length === 1 && isKey(args[0])) return args
    const refuse: Refuse = (wanted, found, code = 'INVALID_ARGUMENT') => {
      const key = typeof args[0] === 'string' ? ` ${show(args[0])}` : ''
      throw new CacheError(code, `${name}${key} wants ${wanted}, found ${found}`)
    }
    if (args.length > facts.length && !String(facts[last]).startsWith('.'))
      refuse(`${facts.length} arguments at most`, args.length)
    const checked: unknown[] = []
    for (let at = 0; at < args.length || at <= last; at++) {
      const place = Math.min(at, last)
      const fact = facts[place] ?? ''
      const value = args[at]
      const options = typeof fact === 'object'
      if (value === undefined && (options || fact.endsWith('?'))) continue
      const ready = options
        ? readyOptions(fact, value, refuse)
        : readyOf(names[place] ?? '', value, `as argument ${at + 1}`, refuse)
      // What was left out has no place in Redis's words, so that no option can stand behind it.
      if (checked.length < at && Object.keys(Object(ready)).length)
        refuse(`argument ${at}, as options follow`, 'none')
      checked[at] = ready
    }
    return checked
  }

  function readyOf(kind: string, value: unknown, place: string, refuse: Refuse): unknown {
    const [wanted, become] = kinds[kind] ?? [kind]
    const ready = become?.(value)
    return ready ?? refuse(`${wanted} ${place}`, show(value), ready === null ? 'NOT_A_NUMBER' : undefined)
  }

  function readyOptions(facts: OptionFacts, given: unknown, refuse: Refuse): unknown {
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
}
