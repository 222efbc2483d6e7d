import type { handleBidiStreamingCall, MethodDefinition } from '@grpc/grpc-js'
import { type Heard, PeersService, Said } from '../gen/jcache/v1/peers.ts'

/** What somebody said, whatever it was. */
export type Words = Said | { readonly said: 'garbage' }

type Method = MethodDefinition<Words, Heard>
type Handler = handleBidiStreamingCall<Words, Heard>

export interface Service {
  readonly methods: { readonly session: Method; readonly snapshot: Method }
  readonly handlers: { readonly session: Handler; readonly snapshot: Handler }
}

/** The service as generated, but for one thing: gRPC would end streams of garbage and tell nobody. */
export function serviceOf(session: Handler, snapshot: Handler): Service {
  const heard = {
    requestSerialize: () => Buffer.alloc(0),
    requestDeserialize: understood,
  }
  const methods = {
    session: { ...PeersService.session, ...heard },
    snapshot: { ...PeersService.snapshot, ...heard },
  }
  return { methods, handlers: { session, snapshot } }
}

function understood(bytes: Buffer): Words {
  try {
    return Said.decode(bytes)
  } catch {
    return { said: 'garbage' }
  }
}
