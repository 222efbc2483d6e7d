import { Redis } from 'ioredis'
import { freePort } from './port.ts'
import { startRedis } from './redis.ts'
import type { RedisServer } from './redis-server.ts'
import { untilTrue } from './until-true.ts'

export interface RedisCluster {
  /** The primaries, in the order of their slots. */
  readonly nodes: readonly RedisServer[]
  readonly urls: readonly string[]
  /**
   * Moves a slot with all its keys to another node; `between` runs when half of the keys have moved, while
   * the nodes answer ASK and TRYAGAIN.
   */
  moveSlot(slot: number, to: RedisServer, between?: () => Promise<void>): Promise<void>
  /** Starts one more node, which has no slots yet. */
  addNode(): Promise<RedisServer>
  /** Starts a replica of the node, and resolves when it may take over. */
  addReplica(of: RedisServer): Promise<RedisServer>
  stop(): Promise<void>
}

export interface ClusterOptions {
  /** Where no server is on PATH, get one from the distribution's packages. Default: false. */
  readonly fetch?: boolean
  /** Arguments for every node. */
  readonly args?: readonly string[]
}

const SLOTS = 16_384

/** A cluster of three primaries on 127.0.0.1, without replicas, each with a third of the slots. */
export async function startCluster(options: ClusterOptions = {}): Promise<RedisCluster> {
  const nodes: RedisServer[] = []
  const startNode = async () => {
    const node = await startRedis({
      fetch: options.fetch ?? false,
      args: [
        ...['--cluster-enabled', 'yes', '--cluster-port', String(await freePort())],
        ...['--cluster-node-timeout', '2000', '--repl-diskless-sync-delay', '0'],
        ...(options.args ?? []),
      ],
    })
    nodes.push(node)
    return node
  }
  const stop = async () => void (await Promise.all(nodes.map((node) => node.stop())))
  try {
    for (let at = 0; at < 3; at++) await startNode()
    await join(nodes)
  } catch (error) {
    await stop()
    throw error
  }
  const addNode = async () => {
    const node = await startNode()
    await meet(node, nodes[0])
    await untilTrue(async () => {
      const known = await Promise.all(nodes.map((each) => info(each, 'cluster_known_nodes')))
      return known.every((count) => count === String(nodes.length)) && (await serves(node))
    }, 'the nodes of the cluster know the new one')
    return node
  }
  return {
    nodes,
    urls: nodes.map(({ url }) => url),
    stop,
    moveSlot: (slot, to, between) => moveSlot(nodes, slot, to, between),
    addNode,
    addReplica: async (of) => {
      const replica = await addNode()
      const id = String(await ask(of, 'CLUSTER', 'MYID'))
      await ask(replica, 'CLUSTER', 'REPLICATE', id)
      await untilTrue(async () => {
        const views = await Promise.all(nodes.map((node) => ask(node, 'CLUSTER', 'NODES')))
        if (!views.every((view) => String(view).includes(`slave ${id}`))) return false
        return String(await ask(of, 'INFO', 'replication')).includes('state=online')
      }, 'the replica is online, and every node knows it')
      return replica
    },
  }
}

/** Shares the slots out and waits until every node serves. */
async function join(nodes: readonly RedisServer[]): Promise<void> {
  await Promise.all(
    nodes.map(async (node, at) => {
      const share = SLOTS / nodes.length
      const [first, last] = [Math.floor(at * share), Math.floor((at + 1) * share) - 1]
      await ask(node, 'CLUSTER', 'SET-CONFIG-EPOCH', at + 1)
      await ask(node, 'CLUSTER', 'ADDSLOTSRANGE', first, last)
      if (at > 0) await meet(node, nodes[0])
    }),
  )
  await untilTrue(async () => {
    const states = await Promise.all(nodes.map(serves))
    return states.every(Boolean)
  }, 'the cluster serves')
}

async function serves(node: RedisServer): Promise<boolean> {
  return (await info(node, 'cluster_state')) === 'ok'
}

async function meet(node: RedisServer, other: RedisServer | undefined): Promise<void> {
  if (other === undefined) throw new Error('There is no node to meet.')
  const [, busPort] = (await ask(other, 'CONFIG', 'GET', 'cluster-port')) as string[]
  await ask(node, 'CLUSTER', 'MEET', '127.0.0.1', other.port, String(busPort))
}

async function moveSlot(
  nodes: readonly RedisServer[],
  slot: number,
  to: RedisServer,
  between: () => Promise<void> = async () => {},
): Promise<void> {
  const ids = await Promise.all(nodes.map((node) => ask(node, 'CLUSTER', 'MYID').then(String)))
  const owner = await ownerOf(nodes[0] ?? to, slot)
  const from = nodes[ids.indexOf(owner)]
  const target = ids[nodes.indexOf(to)]
  if (from === undefined || target === undefined)
    throw new Error(`Slot ${slot} has no owner among the nodes.`)
  if (from === to) return
  await ask(to, 'CLUSTER', 'SETSLOT', slot, 'IMPORTING', owner)
  await ask(from, 'CLUSTER', 'SETSLOT', slot, 'MIGRATING', target)
  const migrate = async (count: number) => {
    const keys = (await ask(from, 'CLUSTER', 'GETKEYSINSLOT', slot, count)) as string[]
    if (keys.length > 0) await ask(from, 'MIGRATE', '127.0.0.1', to.port, '', 0, 5_000, 'KEYS', ...keys)
    return keys.length
  }
  await migrate(Math.ceil(Number(await ask(from, 'CLUSTER', 'COUNTKEYSINSLOT', slot)) / 2))
  await between()
  while ((await migrate(100)) > 0);
  // The new owner first, so that there is one at every moment.
  for (const node of [to, from, ...nodes.filter((each) => each !== to && each !== from)])
    await ask(node, 'CLUSTER', 'SETSLOT', slot, 'NODE', target)
}

/** The id of the node that has the slot. */
async function ownerOf(node: RedisServer, slot: number): Promise<string> {
  const ranges = (await ask(node, 'CLUSTER', 'SLOTS')) as [first: number, last: number, primary: string[]][]
  return ranges.find(([first, last]) => first <= slot && slot <= last)?.[2][2] ?? ''
}

async function info(node: RedisServer, field: string): Promise<string | undefined> {
  const text = String(await ask(node, 'CLUSTER', 'INFO'))
  return new RegExp(`${field}:(\\w+)`).exec(text)?.[1]
}

/** One command on a connection of its own. */
export async function ask(
  node: { readonly url: string },
  word: string,
  ...words: (string | number)[]
): Promise<unknown> {
  const client = new Redis(node.url, { lazyConnect: true, commandTimeout: 10_000, retryStrategy: null })
  client.on('error', () => {})
  try {
    await client.connect()
    return await client.call(word, words)
  } finally {
    client.disconnect()
  }
}
