/** What a sorted set answers with `withScores`; fits `new Map(…)` and `zadd`. */
export type ScoredMember = [member: string, score: number]

/** The types a key can hold, by Redis's names. https://redis.io/commands/type */
export type KeyType = 'string' | 'hash' | 'list' | 'set' | 'zset'

/**
 * Kinds of reply and the JavaScript types they stand for. `?` after a kind: or null; `[]`: a list.
 * Kinds whose name holds `key` carry keys, which a prefix must be taken from.
 */
export interface ReplyTypes {
  // biome-ignore lint/suspicious/noConfusingVoidType: the answer of a method that answers nothing
  void: void
  boolean: boolean
  integer: number
  'integer?': number | null
  'integer? | integer[]': number | number[] | null
  double: number
  'double?': number | null
  'double?[]': (number | null)[]
  text: string
  'text?': string | null
  'text[]': string[]
  'text?[]': (string | null)[]
  'boolean[]': boolean[]
  'text? | text[]?': string | string[] | null
  'text? | text[] | pair[]': string | string[] | [string, string][] | null
  'boolean | text?': boolean | string | null
  'type?': KeyType | null
  record: Record<string, string>
  'scored[]': ScoredMember[]
  'text[] | scored[]': string[] | ScoredMember[]
  '[key, text]?': [key: string, value: string] | null
  '[key, text, double]?': [key: string, member: string, score: number] | null
  '[cursor, key[]]': [cursor: string, keys: string[]]
  '[cursor, text[]]': [cursor: string, names: string[]]
  'text? | text[] | scored[]': string | string[] | ScoredMember[] | null
  '[cursor, scored[]]': [cursor: string, pairs: ScoredMember[]]
  '[cursor, pair[]]': [cursor: string, pairs: [string, string][]]
}

export type Reply = keyof ReplyTypes

/** `On` where the options surely set the flag, or give the number, `Off` where they surely do not, else either. */
export type ByFlag<Options, Flag extends string, On, Off> = Flag extends keyof Options
  ? Options[Flag] extends true | number
    ? On
    : Options[Flag] extends false | undefined
      ? Off
      : On | Off
  : Off
