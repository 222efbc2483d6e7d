import { type Command, type Commands, commands } from '@jcache/driver'
import { optionsOf } from './arguments.ts'
import { type Documented, type Member, memberOf, readSentences } from './sentences.ts'
import { usageOf } from './usage.ts'

/** What the prompt says about commands: their facts from the table, their sentences from the source of the table. */
export class Help {
  readonly #documented: Map<string, Documented> = readSentences()

  /** The groups with their commands. */
  groups(): { readonly title: string; readonly commands: readonly string[] }[] {
    const names = Object.keys(commands)
    return [...this.#documented]
      .filter(([type]) => type.endsWith('Commands'))
      .map(([type, { members }]) => ({ title: titleOf(type), commands: [...members.keys()] }))
      .sort((left, right) => names.indexOf(left.commands[0] ?? '') - names.indexOf(right.commands[0] ?? ''))
  }

  usage(name: keyof Commands): string {
    return usageOf(name, commands[name], this.#command(name)?.signature ?? '')
  }

  /** All about one command: how it is typed, what it does, its options, and how it is written in TypeScript. */
  of(name: keyof Commands): { readonly head: string; readonly sentence: string; readonly rows: string[][] } {
    const { signature = name, sentence = '' } = this.#command(name) ?? {}
    const [, text = sentence, link = ''] = /^(.*?)\s*(https:\S+)?$/.exec(sentence) ?? []
    const rows = Object.keys(optionsOf(commands[name])).map((option) => [
      option,
      this.#option(signature, option)?.sentence ?? '',
    ])
    return {
      head: this.usage(name),
      sentence: text,
      rows: [...rows, ['in code', plain(signature)], ...(link ? [['more', link]] : [])],
    }
  }

  #command(name: string): Member | undefined {
    for (const [type, { members }] of this.#documented)
      if (type.endsWith('Commands') && members.has(name)) return members.get(name)
    return undefined
  }

  #option(signature: string, option: string): Member | undefined {
    const [, type = ''] = /\b(?:Options extends|options\?:) (\w+)/.exec(signature) ?? []
    return memberOf(this.#documented, type, option)
  }
}

/** The command of that name, in any case of letters. */
export function commandOf(word: string): [keyof Commands, Command] | undefined {
  const name = word.toLowerCase()
  return isCommand(name) ? [name, commands[name]] : undefined
}

function isCommand(name: string): name is keyof Commands {
  return Object.hasOwn(commands, name)
}

/** SortedSetCommands: sorted set. */
function titleOf(type: string): string {
  return type
    .replace(/Commands$/, '')
    .replace(/(?<=[a-z])[A-Z]/g, ' $&')
    .toLowerCase()
}

/** The signature without its type parameter: what may be passed stands in its place. */
function plain(signature: string): string {
  const [all = '', parameter = '', constraint = ''] =
    /(?<=^\w+)<(\w+) extends (.+?)(?: \| undefined)? = .+?>(?=\()/.exec(signature) ?? []
  if (!all) return signature
  return signature
    .replace(all, '')
    .replaceAll(`<${parameter}>`, '')
    .replaceAll(`: ${parameter}`, `: ${constraint}`)
}
