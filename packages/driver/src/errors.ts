/**
 * Why a call failed. Programs compare `error.code`; `instanceof` fails where two copies of this package are installed.
 *
 * - `WRONG_TYPE`: the key holds another type than the command works on.
 * - `NOT_A_NUMBER`: a stored text or an argument is no number, or NaN.
 * - `OUT_OF_RANGE`: a result or an index lies outside of what can be held exactly.
 * - `NO_SUCH_KEY`: the command needs a key that exists (`rename`, `lset`).
 * - `INVALID_ARGUMENT`: an argument is not of the form the command takes; nothing was asked.
 * - `UNSUPPORTED`: a tier lacks the command; told when the client is created.
 * - `UNAVAILABLE`: a tier cannot be reached or refuses to serve.
 * - `TIMEOUT`: a tier did not answer within the deadline; the outcome of a write is unknown.
 * - `ABORTED`: the caller's signal ended the call.
 * - `NO_LEADER`: no leader within the wait; the write was not executed.
 * - `CLOSED`: the client or tier was closed before the call.
 */
export type ErrorCode =
  | 'WRONG_TYPE'
  | 'NOT_A_NUMBER'
  | 'OUT_OF_RANGE'
  | 'NO_SUCH_KEY'
  | 'INVALID_ARGUMENT'
  | 'UNSUPPORTED'
  | 'UNAVAILABLE'
  | 'TIMEOUT'
  | 'ABORTED'
  | 'NO_LEADER'
  | 'CLOSED'

/** The one class of errors that JCache throws. Absence is never an error: it is `null`. */
export class CacheError extends Error {
  override name = 'CacheError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

/** Whether the error says that a tier could not be asked, so that the outcome of a write is unknown. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'UNAVAILABLE' || code === 'TIMEOUT'
}

/** The code of a CacheError, also of one made by another copy of this package; otherwise undefined. */
export function codeOf(error: unknown): ErrorCode | undefined {
  return error instanceof Error && error.name === 'CacheError' ? (error as CacheError).code : undefined
}
