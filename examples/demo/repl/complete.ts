import { commands } from '@jcache/driver'
import { optionsOf } from './arguments.ts'
import { commandOf } from './help.ts'

/** Words of the prompt itself. */
export const promptWords = ['help', 'tiers', 'exit'] as const

/** What Tab offers: commands as the first word and after `help`, then the options of the command. */
export function complete(line: string): [candidates: string[], word: string] {
  const words = line.trimStart().split(/\s+/)
  const word = words.at(-1) ?? ''
  const [first = ''] = words
  const candidates =
    words.length === 1
      ? [...Object.keys(commands), ...promptWords]
      : first.toLowerCase() === 'help' && words.length === 2
        ? Object.keys(commands)
        : optionWords(first, words)
  const low = word.toLowerCase()
  return [candidates.filter((each) => each.toLowerCase().startsWith(low)).map((each) => `${each} `), word]
}

function optionWords(first: string, words: readonly string[]): string[] {
  const found = commandOf(first)
  if (!found) return []
  const typed = new Set(words.slice(1, -1).map((each) => each.toLowerCase()))
  return Object.keys(optionsOf(found[1])).filter((option) => !typed.has(option.toLowerCase()))
}
