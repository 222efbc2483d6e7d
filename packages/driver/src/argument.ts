import type { Duration, Instant } from './duration.ts'
import type { KeyType } from './reply.ts'

/** Names with their values: a record, a Map, or any iterable of pairs. */
export type Pairs<Value> = Readonly<Record<string, Value>> | Iterable<readonly [string, Value]>

/** Pairs as drivers get them. */
export type ReadyPairs<Value> = readonly (readonly [string, Value])[]

/** One end of a range of scores: inclusive as a number, exclusive as `'(5'`. https://redis.io/commands/zrangebyscore */
export type ScoreBound = number | `(${number}` | '(-inf' | '(+inf' | '-inf' | '+inf'

/** One end of a range of scores as drivers get it. */
export interface ReadyBound {
  readonly score: number
  readonly exclusive: boolean
}

/** One end of a list: `left` its head, `right` its tail. */
export type ListEnd = 'left' | 'right'

/** One end of a range of members: inclusive as `'[a'`, exclusive as `'(a'`; `'-'` is before all, `'+'` after. https://redis.io/commands/zrangebylex */
export type LexBound = `[${string}` | `(${string}` | '-' | '+'

/** Which part of a range is answered; a negative count means all that follow. */
export type Limit = readonly [offset: number, count: number]

/** What becomes of several scores of one member. */
export type Aggregate = 'sum' | 'min' | 'max'

/** Options of scans. */
export interface ScanOptions {
  /** Answer only what fits the pattern: `*` any bytes, `?` one, `[a-z]` one of these, `[^a]` one of the others, `\*` a star. */
  readonly match?: string
  /** About how many to look at for one answer; 10 unless said. */
  readonly count?: number
}

/** Kinds of argument and the types that callers may pass for them. */
export interface ArgumentTypes {
  key: string
  text: string
  /** A whole number that a double holds exactly. */
  integer: number
  /** A whole number of zero or more. */
  count: number
  /** A whole number of one or more. */
  positive: number
  /** Where a scan goes on, as it answered: a whole number below 2^64 as text; `'0'` begins. */
  cursor: string
  /** Any number but NaN. */
  double: number
  /** A duration above zero. */
  duration: Duration
  /** A duration; zero waits for ever. */
  timeout: Duration
  instant: Instant
  flag: boolean
  end: ListEnd
  beside: 'before' | 'after'
  type: KeyType
  bound: ScoreBound
  lex: LexBound
  /** Numbers but NaN, at least one. */
  weights: readonly number[]
  aggregate: Aggregate
  limit: Limit
  /** One key or several, at least one. */
  keys: string | readonly string[]
  /** Keys with their texts, at least one. */
  keyed: Pairs<string>
  /** Fields with their texts, at least one. */
  pairs: Pairs<string>
  /** Members with their scores, at least one. */
  scores: Pairs<number>
  signal: AbortSignal
}

export type ArgumentKind = keyof ArgumentTypes

/** What drivers get for kinds that are not passed on as they came. */
interface ReadyTypes {
  duration: [Duration, number]
  instant: [Instant, number]
  bound: [ScoreBound, ReadyBound]
  keys: [string | readonly string[], readonly string[]]
  pairs: [Pairs<string>, ReadyPairs<string>]
  scores: [Pairs<number>, ReadyPairs<number>]
}

/** What a driver gets for what a caller passed: durations and instants in milliseconds, pairs and keys as arrays. */
export type Ready<Type> = {
  [Kind in keyof ReadyTypes]: Same<Type, ReadyTypes[Kind][0]> extends true ? ReadyTypes[Kind][1] : never
}[keyof ReadyTypes] extends infer Changed
  ? [Changed] extends [never]
    ? ReadyOptions<Type>
    : Changed
  : never

type ReadyOptions<Type> = Type extends string | number | boolean | undefined | AbortSignal | Limit
  ? Type
  : { readonly [Option in keyof Type]: Ready<Exclude<Type[Option], undefined>> }

/** Whether two types can stand for each other. */
export type Same<Left, Right> = [Left] extends [Right] ? ([Right] extends [Left] ? true : false) : false
