import { CacheError, codeOf, type ErrorCode } from '@jcache/driver'

type Refusal = readonly [reply: RegExp, code: ErrorCode, advice?: string]

/** What the server's refusals mean, and what to do; the first that fits. https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors */
const refusals: readonly Refusal[] = [
  [/^WRONGTYPE/, 'WRONG_TYPE'],
  [/not an integer|not a (valid )?(float|number)/, 'NOT_A_NUMBER'],
  [/overflow|out of range|NaN or Infinity|exceeds maximum|invalid expire/, 'OUT_OF_RANGE'],
  [/no such key/, 'NO_SUCH_KEY'],
  [/^ERR unknown (sub)?command/i, 'UNSUPPORTED'],
  [/^ERR max number of clients/, 'UNAVAILABLE', 'raise maxclients, or use fewer connections'],
  [/^CROSSSLOT/, 'INVALID_ARGUMENT', 'give keys that are used together one hash tag, as {user:1}:name'],
  [/^ERR /, 'INVALID_ARGUMENT'],
  [
    /^NOPERM/,
    'UNSUPPORTED',
    'the access list of the user has to allow the command, the keys and the scripts',
  ],
  [/^(MOVED|ASK) /, 'UNAVAILABLE', 'the server is a node of a cluster: give several URLs, or { nodes }'],
  [/^TRYAGAIN/, 'UNAVAILABLE', 'the slot is being moved: try again'],
  [/^CLUSTERDOWN/, 'UNAVAILABLE', 'slots of the cluster have no primary: look at CLUSTER INFO'],
  [/^LOADING/, 'UNAVAILABLE', 'the server has just started: try again'],
  [/^READONLY/, 'UNAVAILABLE', 'the server is a replica: connect to the primary, or by sentinels'],
  [/^MASTERDOWN/, 'UNAVAILABLE', 'the server is a replica without its primary: connect to the primary'],
  [/^OOM/, 'UNAVAILABLE', 'raise maxmemory, or choose a maxmemory-policy that evicts'],
  [/^NOAUTH/, 'UNAVAILABLE', 'give a password, and the username where there is one'],
  [/^WRONGPASS/, 'UNAVAILABLE', 'check username and password'],
]

/** What can be done about what a server, or the network, said; with a space before it, nothing where that is not known. */
export function adviceOn(text: string): string {
  const [, , advice] = refusals.find(([reply]) => reply.test(text)) ?? []
  return advice === undefined ? '' : ` (${advice})`
}

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
  const [, refusal = 'UNAVAILABLE'] = refusals.find(([reply]) => reply.test(found.message)) ?? []
  const text = `${what}: the server refused: ${cause.message}${adviceOn(found.message)}`
  return new CacheError(refusal, text, { cause })
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
