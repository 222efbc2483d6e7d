import type { OpenTransport } from './transport.ts'

/** The transport, of which others are told this address instead of its own. */
export function advertised(address: string | undefined, open: OpenTransport): OpenTransport {
  if (address === undefined) return open
  return async (self, receiver) => {
    const transport = await open(self, receiver)
    return {
      address,
      reach: (members) => transport.reach(members),
      send: (to, message) => transport.send(to, message),
      flush: () => transport.flush(),
      status: () => transport.status(),
      close: () => transport.close(),
    }
  }
}
