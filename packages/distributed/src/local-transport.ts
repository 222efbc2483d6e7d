import { processOf } from './record.ts'
import type { OpenTransport, Receiver, Transport } from './transport.ts'

interface Node {
  readonly self: () => string
  readonly receiver: Receiver
}

/** Where the transports of one process meet. */
export interface LocalNetwork {
  /** A transport for one node; it is reached by its process. */
  open: OpenTransport
}

/** Nodes within one process: messages come in the next turn, in order. For tests, examples and development. */
export function localNetwork(): LocalNetwork {
  const nodes = new Map<string, Node>()
  return { open: async (self, receiver) => join(nodes, { self, receiver }) }
}

function join(nodes: Map<string, Node>, node: Node): Transport {
  const process = processOf(node.self())
  const counted = { messages: 0, frames: 0, bytes: 0 }
  const received = { ...counted }
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
          counted.messages++
          target.receiver.message(from, message)
        }
      })
    },
    flush: () => {},
    status: () => ({ peers: [], inbound: 0, sent: counted, received, dropped, faults: {} }),
    close: async () => {
      // What was sent before is still delivered.
      await new Promise((resolve) => setImmediate(resolve))
      if (isOpen()) nodes.delete(process)
    },
  }
}
