import type { Member } from '@jcache/driver/election'
import type { Message } from './message.ts'

/** What a transport tells the node. */
export interface Receiver {
  /** A message of the member with this id. */
  message(from: string, message: Message): void
  /** The listener of the member refuses: the process that had the id is dead. Told only where that is certain. */
  dead(id: string): void
}

/**
 * Carries messages between nodes: in order while a connection lasts, at most once. What cannot be sent is lost, and the
 * machine asks again. It never throws, never blocks, and holds no more for a slow member than its window.
 */
export interface Transport {
  /** The members that there are, with the addresses they listen on. */
  reach(members: readonly Member[]): void
  send(to: string, message: Message): void
  /** Stops listening and lets go of all connections. */
  close(): Promise<void>
}

/** Starts to listen. `self` names the member that this node is now: it may become another. */
export type OpenTransport = (self: () => string, receiver: Receiver) => Promise<Transport>
