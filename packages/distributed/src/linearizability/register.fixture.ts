import type { Operation } from '../simulation/operation.fixture.ts'
import type { Model, TimedCall } from './linearizable.fixture.ts'

/** What is done to one key that holds a text. */
export interface RegisterInput {
  readonly name: 'get' | 'set' | 'setnx' | 'incr' | 'del'
  readonly value: string
}

type Text = string | null
type Output = Text | number | boolean

/** A key with a text, as Redis treats it. */
export const register: Model<Text, RegisterInput, Output> = {
  initial: null,
  apply(state, { name, value }) {
    switch (name) {
      case 'get':
        return [state, state]
      case 'set':
        return [value, true]
      case 'setnx':
        return state === null ? [value, true] : [state, false]
      case 'incr':
        return [`${Number(state ?? 0) + 1}`, Number(state ?? 0) + 1]
      case 'del':
        return [null, state === null ? 0 : 1]
    }
  },
  keyOf: (part) => `${typeof part} ${part}`,
}

/** What the history says of one key: a command on several is one on each of them. */
export function callsOn(key: string, operations: readonly Operation[]): TimedCall<RegisterInput, Output>[] {
  const calls: TimedCall<RegisterInput, Output>[] = []
  for (const operation of operations) {
    const { answer, began, ended, mode, ack, read } = operation
    const input = inputOn(key, operation)
    const isLoose = mode === 'read' && read.kind !== 'linearizable'
    const isVoid = answer?.kind === 'cancelled' || (answer?.kind === 'failed' && answer.executed === 'no')
    if (!input || isLoose || isVoid) continue
    const isKnown = answer?.kind === 'done' && (mode === 'read' || ack === 'in-sync')
    if (!isKnown) {
      if (mode !== 'read') calls.push({ began, ended: Number.POSITIVE_INFINITY, input, output: undefined })
      continue
    }
    const isWhole = operation.command.args[0] === key
    const value = answer.outcome.ok ? answer.outcome.value : undefined
    calls.push({ began, ended, input, output: isWhole && isOutput(value) ? value : undefined })
  }
  return calls
}

function inputOn(key: string, { command: { name, args } }: Operation): RegisterInput | null {
  if (name === 'flushall') return { name: 'del', value: '' }
  if (name === 'mset') {
    const pair = isPairs(args[0]) ? args[0].find(([field]) => field === key) : undefined
    return pair ? { name: 'set', value: pair[1] } : null
  }
  const isKnown = name === 'get' || name === 'set' || name === 'setnx' || name === 'incr' || name === 'del'
  return args[0] === key && isKnown ? { name, value: String(args[1] ?? '') } : null
}

function isPairs(value: unknown): value is readonly (readonly [string, string])[] {
  return Array.isArray(value)
}

function isOutput(value: unknown): value is Output {
  return (
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  )
}
