import { codeOf, type ErrorCode } from '../errors.ts'
import { NotOffered } from './not-offered.ts'

/** A case that did not hold. Runners that know `expected` and `actual` show their difference. */
export class Unmet extends Error {
  readonly expected: unknown
  readonly actual: unknown

  constructor(message: string, expected: unknown, actual: unknown, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'AssertionError'
    this.expected = expected
    this.actual = actual
  }
}

/**
 * Whether two answers are the same in type and value, lists and records in depth, sets of texts.
 * 0 equals -0: Redis keeps whole scores of small sorted sets as integers, which have no -0.
 */
export function equal(found: unknown, wanted: unknown): boolean {
  if (found === wanted) return true
  if (!isObject(found) || !isObject(wanted)) return Number.isNaN(found) && Number.isNaN(wanted)
  if (Array.isArray(found) !== Array.isArray(wanted)) return false
  if (found instanceof Set || wanted instanceof Set)
    return found instanceof Set && wanted instanceof Set && equal([...found].sort(), [...wanted].sort())
  const names = Object.keys(wanted)
  return (
    names.length === Object.keys(found).length &&
    names.every((name) => Object.hasOwn(found, name) && equal(found[name], wanted[name]))
  )
}

/** Throws unless the found equals the wanted; `what` begins the message, as in "the key holds". */
export function expectEqual(found: unknown, wanted: unknown, what: string): void {
  if (!equal(found, wanted)) throw new Unmet(`${what} ${show(found)}, wanted ${show(wanted)}`, wanted, found)
}

/** Throws unless the call is rejected with this code. */
export async function expectCode(call: Promise<unknown>, code: ErrorCode, what: string): Promise<void> {
  let answer: unknown
  try {
    answer = await call
  } catch (error) {
    const found = codeOf(error)
    if (found === code) return
    if (error instanceof Unmet || error instanceof NotOffered) throw error
    throw new Unmet(`${what} failed with ${found ?? error}, wanted ${code}: ${error}`, code, found, {
      cause: error,
    })
  }
  throw new Unmet(`${what} answered ${show(answer)}, wanted an error with code ${code}`, code, answer)
}

/** The value as a message shows it, told apart by type, and short. */
export function show(value: unknown): string {
  if (value instanceof Set) return `a set of ${show([...value])}`
  const shown = isObject(value)
    ? Array.isArray(value)
      ? `[${value.map(show).join(', ')}]`
      : `{ ${Object.entries(value)
          .map(([name, each]) => `${JSON.stringify(name)}: ${show(each)}`)
          .join(', ')} }`
    : typeof value === 'string'
      ? JSON.stringify(value)
      : String(value)
  return shown.length > 300 ? `${shown.slice(0, 300)}… (${shown.length} characters)` : shown
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
