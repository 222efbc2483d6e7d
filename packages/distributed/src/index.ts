export {
  type DistributedDriver,
  distributed,
  nodeOver,
  type View,
} from './distributed.ts'
export type { DistributedOptions } from './distributed-options.ts'
export type { News } from './effect.ts'
export type { Tls } from './grpc/options.ts'
export type { Levels, Read } from './levels.ts'
export { type LocalNetwork, localNetwork } from './local-transport.ts'
export type { NetworkOptions } from './network-options.ts'
export type { NodeEvent } from './node-event.ts'
export type { Authority } from './record.ts'
export type { Acknowledgement } from './request.ts'
export type { NodeStatus, PeerStatus } from './status.ts'
export {
  type OpenTransport,
  type Transport,
  TransportError,
  type TransportFault,
  type TransportStatus,
} from './transport.ts'
