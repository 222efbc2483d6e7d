import { syncBuiltinESMExports } from 'node:module'
import net, { type NetConnectOpts } from 'node:net'

/** Has all connections that this process makes come from that address: gRPC cannot be told so. */
export function comeFrom(localAddress: string): void {
  const { connect } = net
  const bound = (options: NetConnectOpts, connected?: () => void) =>
    connect('port' in options ? { ...options, localAddress } : options, connected)
  Object.assign(net, { connect: bound })
  syncBuiltinESMExports()
}
