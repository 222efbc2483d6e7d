import type { ArgumentKind, ArgumentTypes, Same } from './argument.ts'
import type { BasicKind } from './kinds/basic.ts'
import type { Kind, Kinds } from './kinds/kind.ts'
import type { Reply, ReplyTypes } from './reply.ts'

/** What a command does to its keys: answers from them, changes them, or changes them after a wait. */
export type Mode = 'read' | 'write' | 'block'

/** The kinds of the options in an options object. */
export interface OptionFacts {
  readonly [option: string]: ArgumentKind
}

/** The facts on one argument: its kind (`?` optional, `...` repeated, at least once), or its options. */
export type Argument = ArgumentKind | `${ArgumentKind}?` | `...${ArgumentKind}` | OptionFacts

/** The facts on one command. Facts only: what a command does is the driver's. */
export interface Command {
  readonly mode: Mode
  readonly args: readonly Argument[]
  readonly reply: Reply
  /** What the kinds of argument are that not every command may name. */
  readonly kinds?: Kinds
  /** Options of which at most one may be given, group by group. */
  readonly exclusive?: readonly (readonly string[])[]
  /** The command on many keys is the command on each of them: lists are joined, counts are added. */
  readonly separable?: true
  /** Only truth is asked: a copy would answer otherwise (its own ttl), by chance, or for itself alone (`touch`). */
  readonly truth?: true
}

/** Any table of commands, for code that loops over it. */
export interface AnyTable {
  readonly [name: string]: Command
}

/** One row for each method, held to its signature: another kind of reply or argument does not compile. */
export type CommandTable<Methods> = {
  readonly [Name in keyof Methods]: Methods[Name] extends (...args: infer Parameters) => Promise<infer Answer>
    ? Row<Parameters, Answer>
    : never
}

type Row<Parameters extends readonly unknown[], Answer> = Command & {
  readonly args: Facts<Parameters>
  readonly reply: KindOf<Answer, ReplyTypes>
} & Brought<Extract<Named<Facts<Parameters>[number]>, TypedKind>>

/** Kinds that are not basic and can be told by the type of the argument; a cursor, say, is a text to TypeScript. */
type TypedKind = Exclude<ArgumentKind, BasicKind | 'cursor' | 'positive' | 'timeout' | 'pairs'>

/** The kinds that an argument or its options name. */
type Named<Fact> = Fact extends string ? Fact : Fact[keyof Fact]

/** What a row has to bring along for such kinds. */
type Brought<Name extends string> = [Name] extends [never]
  ? unknown
  : { readonly kinds: { readonly [Each in Name]: Kind } }

type Facts<Parameters extends readonly unknown[]> = Parameters extends readonly []
  ? readonly []
  : Parameters extends readonly [infer Head, ...infer Tail]
    ? readonly [KindOf<Head, ArgumentTypes>, ...Facts<Tail>]
    : number extends Parameters['length']
      ? readonly [`...${KindOf<Parameters[number], ArgumentTypes>}`]
      : Parameters extends readonly [(infer Head)?, ...infer Tail]
        ? readonly [OptionalFact<Exclude<Head, undefined>>, ...Facts<Tail>]
        : never

type OptionalFact<Type> = [KindOf<Type, ArgumentTypes>] extends [never]
  ? {
      readonly [Option in OptionOf<Type>]: KindOf<Exclude<ValueOf<Type, Option>, undefined>, ArgumentTypes>
    }
  : `${KindOf<Type, ArgumentTypes>}?`

type KindOf<Type, Types> = {
  [Kind in keyof Types]: Same<Type, Types[Kind]> extends true ? Kind : never
}[keyof Types] &
  string

/** The options of every member of a union, where alternatives exclude each other by `never`. */
type OptionOf<Type> = Type extends unknown ? keyof Type & string : never
type ValueOf<Type, Option extends string> = Type extends { readonly [Key in Option]?: infer Value }
  ? Value
  : never
