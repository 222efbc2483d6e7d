import type { Command } from '@jcache/driver'
import { isMany, kindOf, optionsOf, type Positional } from './arguments.ts'

/** What may be typed after the name of an option of that kind; flags are their name alone. */
const values: Readonly<Record<string, string>> = {
  flag: '',
  limit: ' offset count',
  weights: ' weight ...',
  aggregate: ' sum',
  duration: ' 5m',
  instant: ' 2030-01-01',
}

/** How the command is typed at the prompt: `zadd key member score [member score ...] [nx] [xx]`. */
export function usageOf(name: string, command: Command, signature: string): string {
  const parameters = parametersOf(signature)
  const words = command.args.flatMap((fact, at) =>
    typeof fact === 'string' ? wordsFor(fact, parameters[at] ?? kindOf(fact)) : [],
  )
  const options = Object.entries(optionsOf(command)).map(
    ([option, kind]) => `[${option}${values[kind] ?? ` ${kind}`}]`,
  )
  return [name, ...words, ...options].join(' ')
}

function wordsFor(fact: Positional, parameter: string): string {
  const kind = kindOf(fact)
  const one =
    kind === 'keyed'
      ? 'key value'
      : kind === 'pairs'
        ? 'field value'
        : kind === 'scores'
          ? 'member score'
          : isMany(fact)
            ? parameter.replace(/s$/, '')
            : parameter
  if (fact.endsWith('?')) return `[${one}]`
  return isMany(fact) ? `${one} [${one} ...]` : one
}

/** The names of the parameters in a signature. Commas within their types do not part them. */
function parametersOf(signature: string): string[] {
  const list = /\((.*)\): Promise</.exec(signature.replace(/^\w+<.*?>\(/, '('))?.[1] ?? ''
  return Array.from(list.matchAll(/(?:^|, )(?:\.\.\.)?(\w+)\??: /g), ([, name = '']) => name)
}
