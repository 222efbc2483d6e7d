import { CacheError, codeOf, type ErrorCode } from '@jcache/driver'

/** What the server's refusals mean; the first that fits. https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors */
const refusals: readonly (readonly [reply: RegExp, code: ErrorCode])[] = [
  [/^WRONGTYPE/, 'WRONG_TYPE'],
  [/not an integer|not a (valid )?(float|number)/, 'NOT_A_NUMBER'],
  [/overflow|out of range|NaN or Infinity|exceeds maximum|invalid expire/, 'OUT_OF_RANGE'],
  [/no such key/, 'NO_SUCH_KEY'],
  [/^ERR unknown (sub)?command/i, 'UNSUPPORTED'],
  [/^ERR max number of clients/, 'UNAVAILABLE'],
  [/^(ERR|CROSSSLOT) /, 'INVALID_ARGUMENT'],
]

/**
 * The error as callers get it: with a code, naming command and key, its cause kept without what it knew of
 * commands and passwords (ioredis hangs the arguments of AUTH on its errors).
 */
export function failure(error: unknown, what: string, secrets: readonly string[]): CacheError {
  const [first] = (error as { previousErrors?: readonly unknown[] }).previousErrors ?? []
  // A transaction that is refused says why in the errors of its commands.
  if (first !== undefined) return failure(first, what, secrets)
  const found = error instanceof Error ? error : new Error(String(error))
  const code = codeOf(error)
  if (code) return new CacheError(code, `${what}: ${found.message}`, { cause: found.cause })
  const cause = withoutSecrets(found, secrets)
  if (found.name !== 'ReplyError') {
    // ioredis says this of calls that were sent, with its own options in mind.
    const lost = found.name === 'MaxRetriesPerRequestError'
    const why = lost
      ? 'the connection was lost before the answer'
      : `the server cannot be asked: ${cause.message}`
    return new CacheError(
      found.message === 'Command timed out' ? 'TIMEOUT' : 'UNAVAILABLE',
      `${what}: ${why}`,
      { cause },
    )
  }
  const refusal = refusals.find(([reply]) => reply.test(found.message))
  return new CacheError(refusal?.[1] ?? 'UNAVAILABLE', `${what}: the server refused: ${cause.message}`, {
    cause,
  })
}

/** A copy of the error that holds its name, text and code, and no password. */
export function withoutSecrets(error: Error, secrets: readonly string[]): Error {
  // Errors of several addresses tried at once have no text of their own.
  let text = error.message || String((error as NodeJS.ErrnoException).code ?? error.name)
  for (const secret of secrets) text = text.replaceAll(secret, '***')
  const copy = new Error(text)
  copy.name = error.name
  const { code } = error as NodeJS.ErrnoException
  return code === undefined ? copy : Object.assign(copy, { code })
}
