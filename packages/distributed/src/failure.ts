import { CacheError } from '@jcache/driver'
import type { Answer } from './effect.ts'

/** The error of a call that was not carried out, or whose outcome nobody knows. */
export function failureOf(
  answer: Exclude<Answer, { kind: 'done' }>,
  what: string,
  signal?: AbortSignal,
): CacheError {
  if (answer.kind === 'failed') {
    const outcome = answer.executed === 'no' ? 'not executed' : 'its outcome is unknown'
    return new CacheError(answer.code, `${what}: ${answer.message}; ${outcome}`)
  }
  // What ends a wait besides its caller is the end of the node.
  if (!signal?.aborted) return new CacheError('CLOSED', `${what}: the node was closed during the wait`)
  return new CacheError('ABORTED', `${what}: the signal ended the wait`, { cause: signal.reason })
}
