import type { ArgumentKind, ArgumentTypes } from '@jcache/driver'
import { doubles, integers, numerals, patterns, texts, words } from './awkward.ts'
import type { Random } from './random.ts'

/** What arguments are made from. */
export interface Source {
  readonly random: Random
  /** The arguments that stand before. */
  readonly args: readonly unknown[]
  /** A key, most likely one that holds what the command works on. */
  key(): string
}

/** Makes one argument. */
export type Make<Type = unknown> = (source: Source) => Type

/** A sorted set whose scores are the same, mostly. */
const EVEN = 'sortedSet2'

/** One for every kind of argument: a kind without does not compile. All that they make passes the check of its kind. */
export const makers: { readonly [Kind in ArgumentKind]: Make<ArgumentTypes[Kind]> } = {
  key: (source) => source.key(),
  text,
  integer,
  count: (source) => Math.abs(integer(source)),
  positive: (source) => Math.abs(integer(source)) || 1,
  cursor: ({ random }) => random.pick(['0', '1', '7', '128', '4294967296', '9223372036854775807']),
  double,
  duration,
  // Nobody brings what others wait for: only those with something to find may wait for long.
  timeout: ({ random }) => (random.chance(0.9) ? '10s' : random.pick([1, '1ms', 1.5])),
  instant,
  flag: ({ random }) => random.chance(0.9),
  end: ({ random }) => random.pick(['left', 'right']),
  beside: ({ random }) => random.pick(['before', 'after']),
  type: ({ random }) => random.pick(['string', 'hash', 'list', 'set', 'zset']),
  bound: ({ random }) => {
    const score = double({ random })
    return random.pick<ArgumentTypes['bound']>([score, score, `(${score}`, '-inf', '+inf', '(-inf', '(+inf'])
  },
  lex: ({ random }) =>
    random.pick<ArgumentTypes['lex']>(['-', '+', `[${text({ random })}`, `(${text({ random })}`]),
  weights: ({ random, args }) => {
    // Mostly as many as there are keys.
    const keys = random.chance(0.9) ? [args.at(-1)].flat() : random.several(() => '')
    return keys.map(() => double({ random }))
  },
  aggregate: ({ random }) => random.pick(['sum', 'min', 'max']),
  limit: ({ random }) => [
    random.pick([0, 0, 0, 1, 2, 5, -1, integer({ random })]),
    random.pick([0, 1, 2, 3, 10, -1, -1, integer({ random })]),
  ],
  keys: (source) => (source.random.chance(0.5) ? source.key() : source.random.several(() => source.key())),
  keyed: (source) => source.random.several(() => [source.key(), text(source)] satisfies [string, string]),
  pairs: (source) => source.random.several((at) => [name(source, at), text(source)]),
  scores: (source) => {
    // Where all scores are the same, members are found by their bytes.
    const isEven = source.args[0] === EVEN
    return source.random.several((at) => [name(source, at), isEven ? 0 : double(source)])
  },
  signal: ({ random }) => (random.chance(0.2) ? AbortSignal.abort() : new AbortController().signal),
}

/** What the kind of an option or of an argument does not say: by option, or by command and place. */
export const narrower: { readonly [where: string]: Make } = {
  match: ({ random }) => random.pick(patterns),
  // As much as is picked is answered.
  'hrandfield 1': picked,
  'srandmember 1': picked,
  'zrandmember 1': picked,
  'zincrby 1': (source) => (source.args[0] === EVEN ? 0 : double(source)),
  // As much as is skipped is filled, up to what is too much.
  'setrange 1': ({ random }) => random.pick([0, 1, 2, 3, 5, random.below(20), 1_000, 2 ** 29, 2 ** 53 - 1]),
}

type Chance = Pick<Source, 'random'>

function text({ random }: Chance): string {
  if (random.chance(0.6)) return random.pick(words)
  return random.chance(0.5) ? random.pick(texts) : random.pick(numerals)
}

/** The first of many are those that others use too. */
function name(source: Chance, at: number): string {
  return at < 8 ? text(source) : `${at}`
}

function integer({ random }: Chance): number {
  if (random.chance(0.15)) return random.pick(integers)
  return random.chance(0.7) ? random.below(5) : random.below(20) - 10
}

function picked({ random }: Chance): number {
  return random.pick([0, 1, 2, 3, 200, 2 ** 53 - 1, -1, -2, -5, -300])
}

function double({ random }: Chance): number {
  if (random.chance(0.2)) return random.pick(doubles)
  return random.chance(0.7) ? random.below(4) : (random.below(200) - 100) / 8
}

/** Far off: of what ends within the run nobody knows which side sees it. */
function duration({ random }: Chance): ArgumentTypes['duration'] {
  return random.pick([100_000, '10m', '1h', '36.5h', '30d', '1000d', 2 ** 40, 2 ** 52])
}

/** Past or far off. */
function instant({ random }: Chance): ArgumentTypes['instant'] {
  const ms = random.chance(0.3)
    ? random.pick([-(2 ** 50), -1, 0, 1, 1_000_000_000])
    : random.pick([4_102_444_800_000, 4_202_444_800_000.5, 2 ** 52, 2 ** 53 - 1])
  return random.chance(0.2) && Math.abs(ms) < 8.64e15 ? new Date(ms) : ms
}
