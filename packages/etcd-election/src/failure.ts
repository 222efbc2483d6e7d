import { CacheError } from '@jcache/driver'

/**
 * What a failed call tells about itself.
 * - `refused`: the cluster said no; another server would, too.
 * - `token`: the token that was shown is no longer taken.
 * - `unsent`: nothing happened.
 * - `unknown`: it may have happened.
 */
export type FailureKind = 'refused' | 'token' | 'unsent' | 'unknown'

/** https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const code = {
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  failedPrecondition: 9,
  outOfRange: 11,
  unimplemented: 12,
  unauthenticated: 16,
}

const refusals: readonly number[] = [
  code.invalidArgument,
  code.notFound,
  code.permissionDenied,
  code.failedPrecondition,
  code.outOfRange,
  code.unimplemented,
  code.unauthenticated,
]

/** What gRPC and etcd say where a call never came as far as being carried out. */
const unsent: readonly string[] = [
  'No connection established',
  'Name resolution failed',
  'No addresses resolved',
  'Waiting for LB pick',
  'Channel closed before call started',
  'etcdserver: no leader',
  'etcdserver: too many requests',
  'etcdserver: mvcc: database space exceeded',
]

export function kindOf(error: Error): FailureKind {
  const { message } = error
  if (isTokenRefused(error)) return 'token'
  const found = codeOfCall(error)
  if (found === undefined) return 'unknown'
  if (refusals.includes(found) || isTooLarge(error)) return 'refused'
  return unsent.some((said) => message.includes(said)) ? 'unsent' : 'unknown'
}

/** Whether the token that was shown is no longer taken, as after a restart of etcd: another is to be asked for. */
export function isTokenRefused(error: Error): boolean {
  return /invalid auth token|revision of auth store is old/.test(error.message)
}

/** Whether etcd no longer has the lease; asked of the error of a call or of what it was the cause of. */
export function isLeaseGone(error: unknown): boolean {
  return error instanceof Error && /requested lease not found/.test(`${error.message} ${error.cause}`)
}

/** Whether the cluster said no, so that trying again is of no use; not where it only lacks a lease. */
export function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && kindOf(cause) === 'refused' && !isLeaseGone(cause)
}

/** The error of a server that does not answer on a stream, which has no deadline. */
export function silence(message: string): Error {
  return Object.assign(new Error(message), { code: code.deadlineExceeded })
}

/** Whether the server kept silent: what it was asked on may hang for ever. */
export function isLate(error: Error): boolean {
  return codeOfCall(error) === code.deadlineExceeded
}

/** Whether etcd asks nobody for a password. */
export function asksNobody(error: unknown): boolean {
  return error instanceof Error && /authentication is not enabled/.test(error.message)
}

/** The refusal of a call, told to whom made it. */
export function refusal(what: string, host: string, error: Error): CacheError {
  return new CacheError(
    isTooLarge(error) ? 'INVALID_ARGUMENT' : 'UNAVAILABLE',
    `${what}: etcd at ${host} refused: ${error.message}`,
    { cause: error },
  )
}

/** Whether etcd, or gRPC in it, takes no request of that size. */
function isTooLarge(error: Error): boolean {
  return /etcdserver: request is too large|grpc: received message larger than max/.test(error.message)
}

function codeOfCall(error: Error): number | undefined {
  return 'code' in error && typeof error.code === 'number' ? error.code : undefined
}
