import { Metadata, type ServiceError, type StatusObject, status } from '@grpc/grpc-js'
import { TransportError, type TransportFault } from '../transport.ts'

const HEADER = 'jcache-fault'

/** What one side tells the other, by the code of gRPC that comes closest. */
const codes: { readonly [Fault in TransportFault]?: status } = {
  TOKEN: status.UNAUTHENTICATED,
  CERTIFICATE: status.UNAUTHENTICATED,
  CLUSTER: status.FAILED_PRECONDITION,
  VERSION: status.FAILED_PRECONDITION,
  PROCESS: status.FAILED_PRECONDITION,
  HELLO: status.DEADLINE_EXCEEDED,
  BYTES: status.INVALID_ARGUMENT,
  SENDER: status.PERMISSION_DENIED,
  TOO_LARGE: status.OUT_OF_RANGE,
  CROWDED: status.RESOURCE_EXHAUSTED,
  LOST: status.ABORTED,
}

/** What a refused call is told. */
export function statusOf({ fault, message }: TransportError): StatusObject {
  const metadata = new Metadata()
  metadata.set(HEADER, fault)
  return { code: codes[fault] ?? status.UNKNOWN, details: message, metadata }
}

/** Why the call ended: what the other side said, or that it said nothing. */
export function faultOf(error: ServiceError, peer: string, wasOpen: boolean): TransportError {
  const [said] = error.metadata?.get(HEADER) ?? []
  if (isFault(said)) return new TransportError(said, peer, `refuses: ${error.details}`, { cause: error })
  const fault = wasOpen ? 'LOST' : 'UNREACHABLE'
  return new TransportError(fault, peer, error.details || error.message, { cause: error })
}

function isFault(said: unknown): said is TransportFault {
  return typeof said === 'string' && Object.hasOwn(codes, said)
}
