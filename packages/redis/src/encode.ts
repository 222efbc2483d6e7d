import type { ArgumentKind, Command, Limit, OptionFacts, ReadyBound, ReadyPairs } from '@jcache/driver'

/** How a command is said where that differs from its upper-case name and its arguments in order. */
interface Wording {
  readonly word?: string
  /** The places of the arguments in the order in which they are sent. */
  readonly order?: readonly number[]
  /** What is sent after them. */
  readonly last?: string
  /** The place of the list before which its length is sent. */
  readonly counted?: number
}

const wordings: { readonly [name: string]: Wording } = {
  expire: { word: 'PEXPIRE' },
  expireat: { word: 'PEXPIREAT' },
  ttl: { word: 'PTTL' },
  // As sums of any size, of which those that are too large are taken back.
  incr: { word: 'INCRBY', last: '1' },
  decr: { word: 'DECRBY', last: '1' },
  flushall: { last: 'ASYNC' },
  zadd: { order: [0, 2, 1] },
  zunionstore: { counted: 1 },
  zinterstore: { counted: 1 },
}

/** Appends what stands for the value to the words. */
type Write = (words: string[], value: never) => void

const writes: { readonly [Kind in ArgumentKind]: Write } = {
  key: (words, value: string) => words.push(value),
  text: (words, value: string) => words.push(value),
  integer: (words, value: number) => words.push(String(value)),
  count: (words, value: number) => words.push(String(value)),
  positive: (words, value: number) => words.push(String(value)),
  cursor: (words, value: string) => words.push(value),
  double: (words, value: number) => words.push(numeral(value)),
  duration: (words, value: number) => words.push(String(value)),
  // The end of a wait is sent by whoever waits: some of it may have passed before.
  timeout: () => {},
  // Redis refuses instants before 1970, which are as past as any other.
  instant: (words, value: number) => words.push(String(Math.max(1, value))),
  flag: () => {},
  end: (words, value: string) => words.push(value),
  beside: (words, value: string) => words.push(value),
  type: (words, value: string) => words.push(value),
  bound: (words, value: ReadyBound) => words.push((value.exclusive ? '(' : '') + numeral(value.score)),
  lex: (words, value: string) => words.push(value),
  weights: (words, value: readonly number[]) => {
    for (const weight of value) words.push(numeral(weight))
  },
  aggregate: (words, value: string) => words.push(value),
  limit: (words, value: Limit) => words.push(String(value[0]), String(value[1])),
  keys: (words, value: readonly string[]) => {
    for (const key of value) words.push(key)
  },
  keyed: writePairs,
  pairs: writePairs,
  scores: (words, value: ReadyPairs<number>) => {
    for (const [member, score] of value) words.push(numeral(score), member)
  },
  signal: () => {},
}

function writePairs(words: string[], value: ReadyPairs<string>): void {
  for (const [name, text] of value) words.push(name, text)
}

/** The shortest text that stands for exactly this number. */
export function numeral(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  return value === Infinity ? 'inf' : value === -Infinity ? '-inf' : String(value)
}

/** What an option is called; by default its name in capitals. */
function optionWord(option: string, kind: ArgumentKind): string | undefined {
  if (kind === 'signal') return undefined
  return kind === 'duration' ? 'PX' : kind === 'instant' ? 'PXAT' : option.toUpperCase()
}

/** How a command goes over the wire. */
export interface Encoder {
  readonly word: string
  /** The words after the first. O(n) for n values. */
  encode(args: readonly unknown[]): string[]
}

/** Made once for each row, so that a call costs no more than a loop. */
export function encoderOf(name: string, command: Command): Encoder {
  const { word = name.toUpperCase(), order = command.args.keys(), last, counted } = wordings[name] ?? {}
  const steps = [...order].map((at) => {
    const fact = command.args[at] ?? {}
    if (typeof fact !== 'string') return { at, rest: false, write: writeOptions(fact) }
    return {
      at,
      rest: fact.startsWith('.'),
      write: writes[fact.replace(/\W/g, '') as ArgumentKind] as Step,
    }
  })
  return {
    word,
    encode: (args) => {
      const words: string[] = []
      for (const { at, rest, write } of steps) {
        if (at === counted) words.push(String((args[at] as readonly unknown[]).length))
        if (rest) for (let each = at; each < args.length; each++) write(words, args[each])
        else if (args[at] !== undefined) write(words, args[at])
      }
      if (last !== undefined) words.push(last)
      return words
    },
  }
}

/** As `Write`; that value and kind belong together is the table's word. */
type Step = (words: string[], value: unknown) => void

function writeOptions(facts: OptionFacts): Step {
  const known = Object.entries(facts).map(([option, kind]) => ({
    option,
    word: optionWord(option, kind),
    write: writes[kind] as Step,
  }))
  return (words, given) => {
    const options = given as Readonly<Record<string, unknown>>
    for (const { option, word, write } of known) {
      const value = options[option]
      if (word === undefined || value === undefined || value === false) continue
      words.push(word)
      write(words, value)
    }
  }
}
