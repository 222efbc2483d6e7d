import { processOf } from './record.ts'
import type { OpenTransport, Receiver, Transport } from './transport.ts'

interface Node {
  readonly self: () => string
  readonly receiver: Receiver
  readonly received: { messages: number; frames: number; bytes: number }
}

/** Where the transports of one process meet. */
export interface LocalNetwork {
  /** A transport for one node; it is reached by its process. */
  open: OpenTransport
}

/** Nodes within one process: messages come in the next turn, in order. For tests, examples and development. */
export function localNetwork(): LocalNetwork {
  const nodes = new Map<string, Node>()
  return { open: async (self, receiver) => join(nodes, { self, receiver, received: nothing() }) }
}

function join(nodes: Map<string, Node>, node: Node): Transport {
  const process = processOf(node.self())
  const sent = nothing()
  let dropped = 0
  nodes.set(process, node)
  const isOpen = () => nodes.get(process) === node
  return {
    address: `local:${process}`,
    reach: () => {},
    send(to, message) {
      const from = node.self()
      setImmediate(() => {
        const target = nodes.get(processOf(to))
        if (!isOpen() || target?.self() !== to) dropped++
        else {
          sent.messages++
          target.received.messages++
          target.receiver.message(from, message)
        }
      })
    },
    flush: () => {},
    status: () => ({
      peers: [],
      inbound: 0,
      sent: { ...sent },
      received: { ...node.received },
      dropped,
      faults: {},
    }),
    close: async () => {
      // What was sent before is still delivered.
      await new Promise((resolve) => setImmediate(resolve))
      if (isOpen()) nodes.delete(process)
    },
  }
}

/** There are no frames here, and no bytes. */
function nothing(): { messages: number; frames: number; bytes: number } {
  return { messages: 0, frames: 0, bytes: 0 }
}
