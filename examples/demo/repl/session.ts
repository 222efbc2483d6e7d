import type { Explained } from '@jcache/core'
import { type Command, checkOf, codeOf } from '@jcache/driver'
import { time } from '../numbers.ts'
import type { Stage } from '../stage.ts'
import { argumentsOf } from './arguments.ts'
import { codeOfCall, hasBareDuration } from './code.ts'
import { commandOf, Help } from './help.ts'
import { replyLines } from './reply.ts'
import { PromptError, type Word, wordsOf } from './words.ts'

/** Runs the lines of the prompt, one after the other. */
export class Session {
  readonly #stage: Pick<Stage, 'screen' | 'client'>
  readonly #help = new Help()
  #running: AbortController | undefined

  constructor(stage: Pick<Stage, 'screen' | 'client'>) {
    this.#stage = stage
  }

  /** Ends the wait of a command that blocks; false where none is running. */
  interrupt(): boolean {
    this.#running?.abort()
    return this.#running !== undefined
  }

  /** Runs a line and shows what came of it; answers whether the prompt goes on. */
  async run(line: string): Promise<boolean> {
    try {
      const [first, ...words] = wordsOf(line)
      const name = first?.text.toLowerCase()
      if (name === undefined) return true
      if (name === 'exit' || name === 'quit') return false
      if (name === 'help') this.#showHelp(words[0]?.text)
      else if (name === 'tiers') this.#showTiers()
      else await this.#call(first?.text ?? '', words)
    } catch (error) {
      this.#showError(error)
    }
    return true
  }

  async #call(word: string, words: readonly Word[]): Promise<void> {
    const { screen, client } = this.#stage
    const [name, command] = commandOf(word) ?? unknownCommand(word)
    let args: unknown[]
    try {
      args = argumentsOf(command, words)
      checkOf(name, command)(args)
    } catch (error) {
      this.#showError(error)
      screen.line(`It is typed so: ${this.#help.usage(name)}`)
      return
    }
    screen.line(screen.style('dim', codeOfCall(name, command, args)))
    if (hasBareDuration(command, args))
      screen.line(screen.style('dim', '(A bare duration is in milliseconds; write 5s for five seconds.)'))
    this.#running = new AbortController()
    const start = performance.now()
    try {
      const given = withSignal(command, args, this.#running.signal)
      const explained: Explained<unknown> = await Reflect.apply(client.explain, client, [name, ...given])
      const took = performance.now() - start
      for (const each of replyLines(explained.answer)) screen.line(each)
      screen.line(screen.style('dim', origin(explained, took)))
    } finally {
      this.#running = undefined
    }
  }

  #showHelp(word: string | undefined): void {
    const { screen } = this.#stage
    if (word === undefined) {
      screen.list(this.#help.groups().map(({ title, commands }) => [title, commands.join(' ')]))
      screen.say(
        'help <command> tells more. tiers shows the tiers. exit or Ctrl-D ends. Quote words that hold blanks: set greeting "good morning".',
      )
      return
    }
    const [name] = commandOf(word) ?? unknownCommand(word)
    const { head, sentence, rows } = this.#help.of(name)
    screen.line(screen.style('bold', head))
    screen.say(sentence)
    screen.list(rows)
  }

  #showTiers(): void {
    const { screen, client } = this.#stage
    screen.table(
      ['tier', 'role', 'seen by'],
      client.tiers.map(({ name, role, scope }) => [
        name,
        role === 'truth' ? 'truth: takes every write' : `${role}: keeps copies`,
        scope === 'local' ? 'this process' : 'every process that connects to it',
      ]),
    )
  }

  #showError(error: unknown): void {
    const { screen } = this.#stage
    const code = codeOf(error)
    if (!code && !(error instanceof PromptError)) throw error
    const message = error instanceof Error ? error.message : String(error)
    screen.line(screen.style('red', code ? `${code}: ${message}` : message))
  }
}

function unknownCommand(word: string): never {
  throw new PromptError(`There is no command ${JSON.stringify(word)}: type help for those there are.`)
}

/** Commands that wait take a signal among their options: Ctrl-C. */
function withSignal(command: Command, args: readonly unknown[], signal: AbortSignal): unknown[] {
  const at = command.args.findIndex(
    (fact) => typeof fact === 'object' && Object.values(fact).includes('signal'),
  )
  if (at < 0) return [...args]
  const given: unknown[] = [...args]
  given[at] = Object.assign({}, given[at], { signal })
  return given
}

function origin({ tier, age, stale }: Explained<unknown>, took: number): string {
  const copied = tier.role === 'truth' || age === null ? '' : `, from a copy made ${time(age)} ago`
  return `${tier.name}, ${time(took)}${copied}${stale ? ', while the truth is unavailable' : ''}`
}
