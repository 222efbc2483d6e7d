import type { Argument, Command } from '../command.ts'
import type { ErrorCode } from '../errors.ts'
import { expectContent } from './case.ts'
import type { Check } from './check.ts'
import { contentsOf, put, typeOf } from './content.ts'
import { expectCode, show } from './equal.ts'
import { NotOffered } from './not-offered.ts'
import { badArguments, everyCommand, goodArguments, kindOf, sweeps, worksOn } from './samples.ts'

/** A command refuses bad arguments by a rejection with a code, and changes nothing. */
export function badArgumentChecks(): Check[] {
  const calm = everyCommand().filter(([, command]) => !sweeps(command))
  return calm.map(([name, command]) => ({
    name: `${name}: bad arguments are refused and change nothing`,
    run: async (subject, key) => {
      if (!subject.offers(name)) throw new NotOffered(`offers no ${name}`)
      const type = worksOn(name) ?? 'string'
      const content = contentsOf(subject).find((each) => typeOf(each) === type)
      if (content) await put(subject.commands, key, content)
      for (const [args, code] of badCalls(command, key))
        await expectCode(subject.call(name, ...args), code, `${name}(${args.map(show).join(', ')})`)
      if (content) await expectContent(subject, key, content)
    },
  }))
}

/** Calls that each have one thing wrong. */
function* badCalls(command: Command, key: string): Generator<readonly [args: unknown[], code: ErrorCode]> {
  const good = goodArguments(command, key)
  for (const [at, fact] of command.args.entries())
    for (const [value, code] of badValues(fact, command)) yield [good.with(at, value), code]
  const repeated = command.args.some((fact) => typeof fact === 'string' && fact.startsWith('...'))
  if (!repeated) yield [[...good, undefined, 'too many'], 'INVALID_ARGUMENT']
  const [first] = command.args
  if (first) yield [[], codeFor(first)]
}

function* badValues(fact: Argument, command: Command): Generator<readonly [value: unknown, code: ErrorCode]> {
  const kind = kindOf(fact)
  if (kind) yield* badArguments(kind)
  const optional = typeof fact !== 'string' || fact.endsWith('?')
  if (!optional) yield [undefined, codeFor(fact)]
  if (typeof fact === 'string') return
  yield [null, 'INVALID_ARGUMENT']
  yield ['options', 'INVALID_ARGUMENT']
  yield [{ noSuchOption: true }, 'INVALID_ARGUMENT']
  yield [{ ['__proto__']: true }, 'INVALID_ARGUMENT']
  for (const [option, optionKind] of Object.entries(fact))
    for (const [value, code] of badArguments(optionKind)) yield [{ [option]: value }, code]
  for (const group of command.exclusive ?? [])
    for (const [at, left] of group.entries())
      for (const right of group.slice(at + 1))
        yield [{ [left]: goodOption(fact[left]), [right]: goodOption(fact[right]) }, 'INVALID_ARGUMENT']
}

function goodOption(kind: Argument | undefined): unknown {
  return kind && goodArguments({ mode: 'read', reply: 'void', args: [kind] }, '')[0]
}

/** The code of a missing argument: kinds that are numbers say so. */
function codeFor(fact: Argument): ErrorCode {
  const kind = kindOf(fact)
  return kind ? (badArguments(kind)[0]?.[1] ?? 'INVALID_ARGUMENT') : 'INVALID_ARGUMENT'
}
