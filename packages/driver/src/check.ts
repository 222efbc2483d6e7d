import type { Command } from './command.ts'
import { basic, isKey } from './kinds/basic.ts'
import type { Kind, Kinds } from './kinds/kind.ts'
import { type Refuse, readyOf, readyOptions, refusalOf } from './ready.ts'
import { show } from './show.ts'

/** Makes one argument ready, undefined where it was left out; `at` is its place, from 1. */
type Reader = (value: unknown, refuse: Refuse, at: number) => unknown

/**
 * The check of a command's arguments: answers them as drivers get them.
 * The check throws CacheError `INVALID_ARGUMENT` or `NOT_A_NUMBER`, which names the command, its key, and what was wanted.
 */
export function checkOf(name: string, command: Command): (args: readonly unknown[]) => readonly unknown[] {
  const { args: facts } = command
  const readers = readersOf(command)
  const last = readers.at(-1)
  const most = String(facts).includes('...') ? Infinity : facts.length
  // Reads of a key and nothing else are the calls that must cost least.
  const bare = String(facts) === 'key'

  return (args) => {
    if (bare && args.length === 1 && isKey(args[0])) return args
    const refuse = refusalOf(() => (typeof args[0] === 'string' ? `${name} ${show(args[0])}` : name))
    if (args.length > most) refuse(`${most} arguments at most`, args.length)
    const checked: unknown[] = []
    for (let at = 0; at < args.length || at < facts.length; at++) {
      const ready = (readers[at] ?? last)?.(args[at], refuse, at + 1)
      if (ready === undefined) continue
      // What was left out has no place in Redis's words, so that no option can stand behind it.
      if (checked.length < at && Object.keys(Object(ready)).length)
        refuse(`argument ${at}, as options follow`, 'none')
      checked[at] = ready
    }
    return checked
  }
}

function readersOf({ args, exclusive = [], kinds: brought }: Command): readonly Reader[] {
  const known: Kinds = { ...basic, ...brought }
  // Nothing is of a kind that no row brought.
  const kindOf = (fact: string): Kind => known[fact.replace(/\W/g, '')] ?? [fact, () => undefined]
  return args.map((fact): Reader => {
    if (typeof fact === 'string') {
      const kind = kindOf(fact)
      const optional = fact.endsWith('?')
      return (value, refuse, at) =>
        optional && value === undefined ? value : readyOf(kind, value, `as argument ${at}`, refuse)
    }
    const kinds = Object.fromEntries(Object.entries(fact).map(([option, kind]) => [option, kindOf(kind)]))
    return (value, refuse) => {
      if (value === undefined) return value
      const options = readyOptions(kinds, value, refuse)
      for (const group of exclusive) {
        const both = group.filter((option) => option in options)
        if (both.length > 1) refuse(`one of ${group.join(', ')}`, both.join(' with '))
      }
      return options
    }
  })
}
