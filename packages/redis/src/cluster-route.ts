import { CacheError } from '@jcache/driver'
import type { Cluster } from 'ioredis'
import { ClusterNodes } from './cluster-nodes.ts'
import { keySlot, SLOTS } from './key-slot.ts'
import { firstAttempt, type Node } from './node.ts'
import type { Settings } from './options.ts'
import { pause } from './pause.ts'
import type { Primaries, Primary } from './primaries.ts'
import { redirection } from './redirection.ts'
import type { Route, Way } from './route.ts'

/** Between two questions which node has which slots, in ms, while calls fail. */
const REFRESH = 100
/** Before a call is sent again to a slot that is being moved, in ms. */
const PAUSE = 20

/**
 * The primaries of a cluster. The Cluster of ioredis finds out which node has which slots, and connects to them; which
 * node a call is sent to is decided here, so that it is sent at once or not at all, and never twice.
 */
export class ClusterRoute implements Route {
  readonly spread = true
  readonly db = 0
  readonly primaries: Primaries
  readonly secrets: readonly string[]
  readonly lastError: () => Error | undefined
  readonly #cluster: Cluster
  readonly #theirs: boolean
  readonly #nodes: ClusterNodes
  /** Where slots are that a node said were moved, until the whole is known anew. */
  readonly #moved = new Map<number, string>()
  readonly #watchers = new Set<() => void>()
  #owners: readonly (Node | undefined)[] | undefined
  /** The nodes that calls are sent to. */
  #known: ReadonlySet<Node> = new Set()
  #current: readonly Primary[] = []
  #starting: Promise<void> | undefined
  /** When it was last asked which node has which slots. */
  #asked = -REFRESH
  #asking: NodeJS.Timeout | undefined
  #closed = false

  constructor(
    cluster: Cluster,
    settings: Settings,
    known: { theirs: boolean; secrets: readonly string[]; lastError: () => Error | undefined },
  ) {
    this.#cluster = cluster
    this.#theirs = known.theirs
    this.secrets = known.secrets
    this.lastError = known.lastError
    this.#nodes = new ClusterNodes(cluster, settings, known.theirs, () => this.#changed())
    this.primaries = {
      current: () => this.#current,
      watch: (listener) => {
        const watcher = () => listener()
        this.#watchers.add(watcher)
        return () => void this.#watchers.delete(watcher)
      },
    }
    cluster.prependListener('refresh', this.#refresh)
    cluster.prependListener('ready', this.#ready)
    this.#starting = firstAttempt(cluster)
    this.#starting?.then(() => {
      this.#starting = undefined
    })
    this.#changed()
  }

  get starting(): Promise<void> | undefined {
    return this.#starting
  }

  nodeOf(key: string | undefined): Node | undefined {
    if (this.#cluster.status !== 'ready') return undefined
    if (key === undefined) return this.owners().find((node) => node?.ready)
    const slot = keySlot(key)
    const node = this.#nodes.at(this.#moved.get(slot) ?? this.#cluster.slots[slot]?.[0])
    // A Cluster of the user's follows the user's own calls as well.
    if (node && !this.#known.has(node)) this.#changed()
    return node
  }

  owners(): readonly (Node | undefined)[] {
    // Until it is ready, ioredis wants its nodes as they are.
    if (this.#cluster.status !== 'ready') return []
    if (this.#owners) return this.#owners
    const addresses = new Set<string>()
    for (let slot = 0; slot < SLOTS; slot++) {
      const address = this.#moved.get(slot) ?? this.#cluster.slots[slot]?.[0]
      if (address !== undefined) addresses.add(address)
    }
    this.#owners = [...addresses].map((address) => this.#nodes.at(address))
    return this.#owners
  }

  follow(error: unknown, from: Node, key: string): Promise<Way> | undefined {
    const found = error instanceof Error ? redirection(error, from.client.options.host) : undefined
    switch (found?.kind) {
      case 'moved': {
        const address = this.#nodes.mapped(found.address)
        this.#moved.set(keySlot(key), address)
        this.#owners = undefined
        this.missed()
        return this.#to(address, false)
      }
      case 'ask':
        return this.#to(this.#nodes.mapped(found.address), true)
      case 'again':
        return pause(PAUSE).then(() => ({ node: this.nodeOf(key) ?? from, asking: false }))
      default:
        return undefined
    }
  }

  missed(): void {
    if (this.#asking !== undefined || this.#closed) return
    // What was asked for just now may have been told before that happened.
    const wait = Math.max(0, this.#asked + REFRESH - performance.now())
    this.#asking = setTimeout(() => {
      this.#asking = undefined
      this.#asked = performance.now()
      if (this.#cluster.status === 'ready') this.#cluster.refreshSlotsCache(() => {})
    }, wait).unref()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#asking)
    this.#cluster.off('refresh', this.#refresh)
    this.#cluster.off('ready', this.#ready)
    if (!this.#theirs) this.#cluster.disconnect()
    await this.#nodes.close()
  }

  async #to(address: string, asking: boolean): Promise<Way> {
    const node = this.#nodes.reach(address)
    if (!node) throw new CacheError('UNAVAILABLE', 'the cluster names a node that cannot be reached')
    if (!this.#known.has(node)) this.#changed()
    return { node, asking }
  }

  readonly #refresh = (): void => {
    this.#moved.clear()
    this.#nodes.refresh()
    this.#changed()
  }

  readonly #ready = (): void => this.#changed()

  /** Looks whether calls go to other servers than before, and tells it before any of them is sent. */
  #changed(): void {
    this.#owners = undefined
    this.#known = new Set([...this.owners().flatMap((node) => node ?? []), ...this.#nodes.extras()])
    const primaries = [...this.#known].map(({ primary }) => primary)
    const before = this.#current
    if (primaries.length === before.length && primaries.every((each) => before.includes(each))) return
    this.#current = primaries
    for (const watcher of [...this.#watchers]) watcher()
  }
}
