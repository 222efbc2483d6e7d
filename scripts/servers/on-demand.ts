import { createServer, type Server, type Socket } from 'node:net'
import { startCluster } from './cluster.ts'
import { NeedsEtcd, namedOrOwnEtcd } from './etcd.ts'
import { NeedsRedisServer } from './redis.ts'
import { startSentinels } from './sentinel.ts'

/** Sets of servers that all test files of a run share. */
export interface SharedSets {
  /** The nodes of a cluster of three primaries. */
  readonly cluster: { readonly urls: readonly string[] }
  /** The sentinels of one primary and two replicas. */
  readonly sentinels: {
    readonly name: string
    readonly sentinels: readonly { readonly host: string; readonly port: number }[]
  }
  /** One etcd: use prefixes that no other file uses. */
  readonly etcd: { readonly urls: readonly string[] }
}

/** What is answered to a test file: the set, or why there is none. */
export type Answer<Name extends keyof SharedSets> =
  | { readonly set: SharedSets[Name] }
  | { readonly missing: string }
  | { readonly failed: string }

/** Starts shared sets of servers when the first test file asks for them. Test files are other processes: they ask by a port. */
export async function serveOnDemand(): Promise<{ port: number; stop(): Promise<void> }> {
  const started: { stop(): Promise<void> }[] = []
  const sets = new Map<string, Promise<unknown>>()
  const start = {
    cluster: async () => {
      const cluster = await startCluster({ fetch: true })
      started.push(cluster)
      return { urls: cluster.urls }
    },
    sentinels: async () => {
      const set = await startSentinels({ fetch: true })
      started.push(set)
      return { name: set.name, sentinels: set.sentinels }
    },
    etcd: async () => {
      const etcd = await namedOrOwnEtcd({ fetch: true })
      started.push(etcd)
      return { urls: etcd.urls }
    },
  }
  const answer = async (name: string) => {
    if (!isOneOf(start, name)) return { failed: `there is no shared ${name}` }
    try {
      const set = sets.get(name) ?? start[name]()
      sets.set(name, set)
      return { set: await set }
    } catch (error) {
      if (error instanceof NeedsRedisServer || error instanceof NeedsEtcd) return { missing: error.message }
      return { failed: error instanceof Error ? error.message : String(error) }
    }
  }

  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
    socket.once('data', async (data) => socket.end(JSON.stringify(await answer(data.toString().trim()))))
  })
  return {
    port: await listen(server),
    stop: async () => {
      server.close()
      for (const socket of open) socket.destroy()
      await Promise.allSettled(sets.values())
      await Promise.all(started.map((each) => each.stop()))
    },
  }
}

function isOneOf<Names extends object>(table: Names, name: string): name is Extract<keyof Names, string> {
  return Object.hasOwn(table, name)
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('The system gave no port.'))
      else resolve(address.port)
    })
  })
}
