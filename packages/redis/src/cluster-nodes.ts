import type { Cluster, Redis } from 'ioredis'
import { Node, placeOf } from './node.ts'
import type { Settings } from './options.ts'
import { end } from './watch.ts'

/** The nodes of a cluster by their addresses (`host:port`): those that ioredis knows, and those that nodes point to. */
export class ClusterNodes {
  readonly #cluster: Cluster
  readonly #settings: Settings
  readonly #theirs: boolean
  readonly #gone: () => void
  readonly #clients = new Map<string, Redis>()
  readonly #nodes = new WeakMap<Redis, Node>()
  /** Nodes that others point to before they have slots of their own, when ioredis does not know them. */
  readonly #extras = new Map<string, Node>()
  /** Those of them that ioredis knows by now. */
  readonly #retired = new Set<Redis>()

  /** `gone` is called when a node was lost. */
  constructor(cluster: Cluster, settings: Settings, theirs: boolean, gone: () => void) {
    this.#cluster = cluster
    this.#settings = settings
    this.#theirs = theirs
    this.#gone = gone
    cluster.on('+node', this.#come)
    cluster.on('-node', this.#leave)
    this.refresh()
  }

  /** The node at the address, undefined where it is not known; a node is connected to when it is first asked for. */
  at(address: string | undefined): Node | undefined {
    if (address === undefined) return undefined
    const client = this.#clients.get(address)
    if (!client || client.status === 'end') return this.#extras.get(address)
    const known = this.#nodes.get(client)
    if (known) return known
    const node = new Node(client, this.#settings, this.#theirs)
    this.#nodes.set(client, node)
    return node
  }

  /** As `at`; one that is not known is connected to as the others are. */
  reach(address: string): Node | undefined {
    const known = this.at(address)
    if (known) return known
    const [like] = this.#cluster.nodes()
    const port = address.lastIndexOf(':')
    const place = { host: address.slice(0, port), port: Number(address.slice(port + 1)) }
    if (!like || place.host === '' || !Number.isSafeInteger(place.port)) return undefined
    const client = like.duplicate({
      ...place,
      lazyConnect: true,
      readOnly: false,
      retryStrategy: null,
      ...(!this.#theirs && { stringNumbers: true }),
    })
    client.once('end', () => {
      if (this.#extras.get(address)?.client === client) this.#extras.delete(address)
      this.#gone()
    })
    const node = new Node(client, this.#settings, false)
    this.#extras.set(address, node)
    return node
  }

  /** The address at which a node is reached that the cluster knows by this one. */
  mapped(address: string): string {
    const { natMap } = this.#cluster.options
    const place = typeof natMap === 'function' ? natMap(address) : natMap?.[address]
    return place ? `${place.host}:${place.port}` : address
  }

  /** Those that ioredis does not know. */
  extras(): readonly Node[] {
    return [...this.#extras.values()]
  }

  /** Sees which nodes ioredis knows now. */
  refresh(): void {
    this.#clients.clear()
    for (const client of this.#cluster.nodes()) this.#come(client)
    for (const [address, { client }] of this.#extras) {
      if (!this.#clients.has(address)) continue
      this.#extras.delete(address)
      this.#retire(client)
    }
  }

  /** Ends the connection when every call that knows of it has ended. */
  #retire(client: Redis): void {
    this.#retired.add(client)
    setTimeout(() => {
      this.#retired.delete(client)
      void end(client)
    }, 2 * this.#settings.commandTimeout).unref()
  }

  /** Ends the connections but those of a cluster of the user's. */
  async close(): Promise<void> {
    this.#cluster.off('+node', this.#come)
    this.#cluster.off('-node', this.#leave)
    const own = this.#theirs ? [] : [...this.#clients.values()]
    await Promise.all([...own, ...this.#retired, ...this.extras().map(({ client }) => client)].map(end))
  }

  readonly #come = (client: Redis): void => {
    if (!this.#theirs) readExactly(client)
    this.#clients.set(placeOf(client), client)
  }

  readonly #leave = (client: Redis): void => {
    const address = placeOf(client)
    if (this.#clients.get(address) === client) this.#clients.delete(address)
    this.#gone()
  }
}

/**
 * Has integers read as texts, since as numbers those just below 2^53 come out wrong by one. Hidden from copies of the
 * options: with texts, ioredis misreads the ranges of slots that it asks for on a duplicate.
 */
function readExactly({ options }: Redis): void {
  Object.defineProperty(options, 'stringNumbers', { value: true, enumerable: false })
}
