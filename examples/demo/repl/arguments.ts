import type { Argument, ArgumentKind, Command, OptionFacts } from '@jcache/driver'
import { PromptError, type Word } from './words.ts'

/** A fact that is not options: a kind with its marks. */
export type Positional = Extract<Argument, string>

/**
 * The words after a command as the arguments that its method takes, by the facts of its row alone. Words become numbers,
 * lists and pairs where the row wants them; a word that does not fit stays a text, for the client to refuse in its own
 * words. Throws PromptError only where the words cannot be laid out: too few, too many, half a pair.
 */
export function argumentsOf(command: Command, words: readonly Word[]): unknown[] {
  const facts = command.args.filter((fact) => typeof fact === 'string')
  const options = optionsOf(command)
  const least = facts.reduce((sum, fact) => sum + leastWords(fact), 0)
  // Options come last, but a list before them may be of any length: the longest tail that reads as options is one.
  for (let at = least; at <= words.length; at++) {
    const given = optionsFrom(options, words.slice(at))
    const args = given && positional(facts, words.slice(0, at))
    if (args) return Object.keys(given).length ? padded(args, facts.length, given) : args
  }
  throw new PromptError(complaint(words, least, facts))
}

/** The options that can be typed: all but an AbortSignal, which Ctrl-C stands for. */
export function optionsOf(command: Command): OptionFacts {
  const facts = command.args.find((fact) => typeof fact === 'object') ?? {}
  return Object.fromEntries(Object.entries(facts).filter(([, kind]) => kind !== 'signal'))
}

/** Where the options object goes: after every positional argument, also those that were left out. */
function padded(args: readonly unknown[], length: number, options: object): unknown[] {
  return [...args, ...Array<undefined>(Math.max(0, length - args.length)), options]
}

function optionsFrom(facts: OptionFacts, words: readonly Word[]): Record<string, unknown> | undefined {
  const found: Record<string, unknown> = {}
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    const name = Object.keys(facts).find((each) => each.toLowerCase() === word?.text.toLowerCase())
    const kind = name === undefined || word?.quoted ? undefined : facts[name]
    if (name === undefined || kind === undefined) return undefined
    const behind = words.slice(at + 1)
    const end = behind.findIndex(({ text }) => typeof numberOr(text) === 'string')
    const size =
      kind === 'flag' ? 0 : kind === 'limit' ? 2 : kind === 'weights' ? (end < 0 ? behind.length : end) : 1
    const values = behind.slice(0, size)
    if (values.length < size) return undefined
    found[name] = kind === 'flag' ? true : typed(kind, values)
    at += size
  }
  return found
}

/** The arguments before the options, undefined where the words do not go round. One fact at most takes several words. */
function positional(facts: readonly Positional[], words: readonly Word[]): unknown[] | undefined {
  const args: unknown[] = []
  let left = [...words]
  for (const [index, fact] of facts.entries()) {
    const behind = facts.slice(index + 1).reduce((sum, each) => sum + leastWords(each), 0)
    const take = isMany(fact) ? left.length - behind : Math.min(1, left.length - behind)
    const taken = left.slice(0, take)
    left = left.slice(take)
    const kind = kindOf(fact)
    if (taken.length < leastWords(fact) || (isPairs(kind) && taken.length % 2)) return undefined
    if (fact.startsWith('...')) args.push(...taken.map((word) => typed(kind, [word])))
    else if (taken.length) args.push(typed(kind, taken))
  }
  return left.length ? undefined : args
}

function typed(kind: ArgumentKind, words: readonly Word[]): unknown {
  const texts = words.map((word) => word.text)
  const [text = ''] = texts
  switch (kind) {
    case 'integer':
    case 'count':
    case 'positive':
    case 'double':
    case 'duration':
    case 'timeout':
    case 'bound':
      return numberOr(text)
    case 'instant':
      return Number.isNaN(Number(text)) && !Number.isNaN(Date.parse(text)) ? new Date(text) : numberOr(text)
    case 'limit':
    case 'weights':
      return texts.map(numberOr)
    case 'keys':
      return texts.length > 1 ? texts : text
    case 'keyed':
    case 'pairs':
      return pairsOf(texts, (value) => value)
    case 'scores':
      return pairsOf(texts, numberOr)
    default:
      return text
  }
}

function numberOr(text: string): number | string {
  const named = /^([+-]?)inf(?:inity)?$/i.exec(text)
  if (named) return named[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
}

function pairsOf<Value>(texts: readonly string[], value: (text: string) => Value): [string, Value][] {
  return texts.flatMap((name, at) => (at % 2 ? [] : [[name, value(texts[at + 1] ?? '')]]))
}

/** The kind of a fact that is not options, without its marks for optional and repeated. */
export function kindOf(fact: Positional): ArgumentKind {
  return fact.replace(/\W/g, '') as ArgumentKind
}

function isPairs(kind: ArgumentKind): boolean {
  return kind === 'keyed' || kind === 'pairs' || kind === 'scores'
}

/** Whether the fact takes as many words as there are. */
export function isMany(fact: Argument): boolean {
  return typeof fact === 'string' && (fact.startsWith('...') || fact === 'keys' || isPairs(kindOf(fact)))
}

function leastWords(fact: Positional): number {
  return fact.endsWith('?') ? 0 : isPairs(kindOf(fact)) ? 2 : 1
}

function complaint(words: readonly Word[], least: number, facts: readonly Positional[]): string {
  if (words.length < least) return `Too few words: at least ${least} must follow the command.`
  if (facts.some((fact) => isPairs(kindOf(fact))))
    return 'Half a pair is left over: a name wants its value after it.'
  const [extra] = words.slice(facts.length)
  return `${extra ? `"${extra.text}" is one word too many, or no option, or an option without its value` : 'The words do not fit'}.`
}
