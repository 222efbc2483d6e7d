import { inspect } from 'node:util'
import type { Command } from '@jcache/driver'
import { kindOf } from './arguments.ts'

/** The call as it is written in a program: `client.set('hello', 'world', { ttl: '5m' })`. */
export function codeOfCall(name: string, command: Command, args: readonly unknown[]): string {
  const texts = args.map((arg, at) => {
    const fact = command.args[Math.min(at, command.args.length - 1)]
    const kind = typeof fact === 'string' ? kindOf(fact) : undefined
    const pairs = kind === 'keyed' || kind === 'pairs' || kind === 'scores'
    return literal(pairs && Array.isArray(arg) ? Object.fromEntries(arg) : arg)
  })
  return `await client.${name}(${texts.join(', ')})`
}

function literal(value: unknown): string {
  return value instanceof Date
    ? `new Date('${value.toISOString()}')`
    : inspect(value, { breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 20, maxStringLength: 200 })
}

/** Whether a duration was given as a bare number, which is milliseconds here and seconds in redis-cli. */
export function hasBareDuration(command: Command, args: readonly unknown[]): boolean {
  return command.args.some((fact, at) => {
    const value: unknown = args[at]
    if (typeof fact === 'string') return isDuration(kindOf(fact)) && typeof value === 'number' && value > 0
    if (typeof value !== 'object' || value === null) return false
    return Object.entries(value).some(([name, each]) => isDuration(fact[name]) && typeof each === 'number')
  })
}

function isDuration(kind: string | undefined): boolean {
  return kind === 'duration' || kind === 'timeout'
}
