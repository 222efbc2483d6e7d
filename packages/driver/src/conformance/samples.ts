import type { ArgumentKind } from '../argument.ts'
import type { Argument, Command } from '../command.ts'
import { hash } from '../commands/hash.ts'
import { type Commands, commands } from '../commands/index.ts'
import { keys } from '../commands/keys.ts'
import { list } from '../commands/list.ts'
import { server } from '../commands/server.ts'
import { set } from '../commands/set.ts'
import { sortedSet } from '../commands/sorted-set.ts'
import { string } from '../commands/string.ts'
import type { ErrorCode } from '../errors.ts'
import { MAX_KEY_LENGTH } from '../kinds/basic.ts'
import type { ContentType } from './content.ts'

/** All commands by name, for checks that loop over them. */
export function everyCommand(): [name: keyof Commands, command: Command][] {
  return Object.entries(commands) as [keyof Commands, Command][]
}

/** Commands that take keys from others: never called where nobody has asked for that. */
export function sweeps(command: Command): boolean {
  return command.mode === 'write' && command.args.length === 0
}

/** The type that a command works on, null where it takes any. */
export function worksOn(name: string): ContentType | null {
  // The last two also take sets.
  const anyType = ['set', 'setnx', 'mget', 'mset', 'msetnx', 'zunionstore', 'zinterstore']
  if (name in keys || name in server || anyType.includes(name)) return null
  return name in string
    ? 'string'
    : name in hash
      ? 'hash'
      : name in list
        ? 'list'
        : name in set
          ? 'set'
          : name in sortedSet
            ? 'zset'
            : null
}

/** Arguments that the command takes, for this key. Without its options. */
export function goodArguments(command: Command, key: string): unknown[] {
  const good: { readonly [Kind in ArgumentKind]: unknown } = {
    key,
    text: '1',
    integer: 1,
    count: 1,
    positive: 1,
    cursor: '0',
    double: 1,
    duration: '1h',
    timeout: 100,
    instant: Date.now() + 3_600_000,
    flag: true,
    end: 'left',
    beside: 'before',
    type: 'string',
    bound: 0,
    lex: '-',
    weights: [1],
    aggregate: 'sum',
    limit: [0, 1],
    keys: [key],
    keyed: { [key]: '1' },
    pairs: { 1: '1' },
    scores: { 1: 1 },
    signal: new AbortController().signal,
  }
  return command.args.map((fact) => {
    const kind = kindOf(fact)
    return kind ? good[kind] : {}
  })
}

/** Values that no command takes for an argument of this kind, and the code that they fail with. */
export function badArguments(kind: ArgumentKind): readonly (readonly [value: unknown, code: ErrorCode])[] {
  const invalid = (...values: unknown[]) => values.map((value) => [value, 'INVALID_ARGUMENT'] as const)
  const noNumber = (...values: unknown[]) => values.map((value) => [value, 'NOT_A_NUMBER'] as const)
  const notTexts = [null, 5, true, {}, ['a'], Symbol('s'), new Uint8Array(1)]
  const notPairs = [null, 'text', 5, {}, [], new Map(), ['ab'], [['a']], { a: null }, [[1, '1']]]
  const bad: { readonly [Kind in ArgumentKind]: readonly (readonly [unknown, ErrorCode])[] } = {
    key: invalid(...notTexts, '{k}'.padEnd(MAX_KEY_LENGTH + 1, 'x')),
    text: invalid(...notTexts),
    integer: noNumber(null, '1', 1.5, Number.NaN, Infinity, 2 ** 53, 1n, {}),
    count: invalid(null, '1', -1, 1.5, Number.NaN, Infinity),
    positive: invalid(null, '1', 0, -1, 1.5, Number.NaN, Infinity),
    cursor: invalid(null, 0, '', '-1', '1.5', 'a', '18446744073709551616', {}),
    double: noNumber(null, '1', Number.NaN, 1n, {}, [1]),
    duration: invalid(null, 0, -1, '0s', '-1s', '5 minutes', '5', '', 's', Number.NaN, Infinity, {}, [5]),
    timeout: invalid(null, -1, '-1s', '5 minutes', '', Number.NaN, Infinity, {}),
    instant: invalid(null, 'tomorrow', '2030-01-01', Number.NaN, Infinity, new Date(Number.NaN), {}),
    flag: invalid(null, 0, 1, 'yes', {}),
    end: invalid(null, '', 'LEFT', 'head', 0, true, {}, ['left']),
    type: invalid(null, '', 'text', 'LIST', 'stream', 0, {}, ['set']),
    beside: invalid(null, '', 'BEFORE', 'behind', -1, true, {}, ['after']),
    bound: noNumber(null, '', 'a', '(', '((1', '[1', '1)', Number.NaN, {}, [1]),
    lex: invalid(null, '', 'a', '-a', '+a', '-inf', ' [a', 5, true, {}, ['[a']),
    weights: [...invalid(null, 1, '1', [], {}), ...noNumber([null], ['1'], [Number.NaN], [1, undefined])],
    aggregate: invalid(null, '', 'SUM', 'avg', 0, true, {}, ['sum']),
    limit: invalid(null, 1, [], [1], [0, 1, 2], [0, '1'], [0.5, 1], { 0: 0, 1: 1 }),
    keys: invalid(...notTexts.filter((value) => !Array.isArray(value)), [], ['a', 5], [null]),
    keyed: invalid(...notPairs, { a: 1 }),
    pairs: invalid(...notPairs, { a: 1 }),
    scores: [
      ...invalid(null, 'text', 5, {}, [], new Map(), ['ab'], [['a']]),
      ...noNumber({ a: '1' }, { a: Number.NaN }, [['a', null]]),
    ],
    signal: invalid(null, {}, 'signal', new AbortController()),
  }
  return bad[kind]
}

/** The kind of an argument, undefined for options. */
export function kindOf(fact: Argument): ArgumentKind | undefined {
  return typeof fact === 'string' ? (fact.replace(/\W/g, '') as ArgumentKind) : undefined
}
