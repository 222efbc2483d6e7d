import { type Argument, type ArgumentKind, type Command, checkOf } from '@jcache/driver'
import { type Make, makers, narrower, type Source } from './arguments.ts'
import type { Call } from './call.ts'
import { Random } from './random.ts'
import { specialOf } from './special.ts'
import { groups, names, rowOf } from './tables.ts'

/** So many calls, the same for the same seed: every command of the table, over a few keys. */
export function generate(seed: number, count: number): Call[] {
  const random = new Random(seed)
  const commands = weighted()
  return Array.from({ length: count }, () => {
    const name = random.pick(commands)
    const call: Call = { name, args: argumentsOf(name, rowOf(name), random) }
    checkOf(name, rowOf(name))(call.args)
    return call
  })
}

/** How often commands come: more often those that fill keys, less often those that empty them. */
const shares: { readonly [name: string]: number } = {
  flushall: 1,
  del: 10,
  unlink: 10,
  getdel: 10,
  expireat: 10,
  hset: 90,
  rpush: 90,
  sadd: 90,
  zadd: 90,
}

/** Every command of the table by its share, seldom those that have to be waited for. */
function weighted(): [string, ...string[]] {
  const [first, ...others] = names().flatMap((name) => {
    const share = shares[name] ?? (specialOf(name, rowOf(name)) ? 2 : 30)
    return Array.from({ length: share }, () => name)
  })
  if (first) return [first, ...others]
  throw new Error('the table has no commands')
}

function argumentsOf(name: string, row: Command, random: Random): unknown[] {
  const args: unknown[] = []
  const source: Source = { random, args, key: () => key(name, random) }
  for (const [at, fact] of row.args.entries()) {
    if (typeof fact !== 'string') {
      if (random.chance(0.7)) args.push(optionsOf(fact, row, source))
      break
    }
    const make = narrower[`${name} ${at}`] ?? makers[kindOf(fact)]
    // Behind what was left out nothing can stand.
    if (fact.endsWith('?') && random.chance(0.4)) break
    if (fact.startsWith('...')) args.push(...random.several(() => make(source)))
    else args.push(make(source))
  }
  return args
}

/** Some of the options, of those that exclude each other one at most. */
function optionsOf(facts: Exclude<Argument, string>, { exclusive = [] }: Command, source: Source) {
  const { random } = source
  const options: Record<string, unknown> = {}
  for (const [option, kind] of random.shuffled(Object.entries(facts))) {
    if (random.chance(0.6)) continue
    if (exclusive.some((group) => group.includes(option) && group.some((other) => other in options))) continue
    const make: Make = narrower[option] ?? makers[kind]
    options[option] = make(source)
  }
  return options
}

function kindOf(fact: string): ArgumentKind {
  // The kind without its marks is a kind, says the row's type.
  return fact.replace(/\W/g, '') as ArgumentKind
}

/** Names that every object answers to, and such as lie on either side of the surrogates. */
const awkward = ['', '__proto__', 'constructor', '😀', '\uffff', 'a\0b', '{a}b', '*']

/** The keys that are meant for a type. */
const homes: ReadonlyMap<string, readonly [string, ...string[]]> = new Map(
  [...groups.keys()]
    .filter((group) => group !== 'keys' && group !== 'server')
    .map((group, at) => [group, [`${group}1`, `${group}2`, awkward[at % awkward.length] ?? '']]),
)

const anywhere: [string, ...string[]] = ['none', ...[...homes.values()].flat()]

/** Mostly a key of the type that the command works on; else any, so that types are wrong and values replaced. */
function key(name: string, random: Random): string {
  const home = [...homes].find(([group]) => groups.get(group)?.[name])?.[1]
  return home && random.chance(0.97) ? random.pick(home) : random.pick(anywhere)
}
