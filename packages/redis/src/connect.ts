import { Cluster, type Redis } from 'ioredis'
import { ClusterRoute } from './cluster-route.ts'
import { Connection } from './connection.ts'
import { withoutSecrets } from './errors.ts'
import { oneServer } from './one-server.ts'
import { checkOptions, open } from './open.ts'
import { openCluster } from './open-cluster.ts'
import type { Settings } from './options.ts'
import type { ClusterNodesOptions, RedisConnection } from './redis-connection.ts'
import { secretsIn } from './watch.ts'

/**
 * Connects, where it is not a client that does so itself.
 *
 * @throws CacheError `INVALID_ARGUMENT` for a connection that cannot be read.
 */
export function connect(to: RedisConnection, settings: Settings): Connection {
  if (isClient(to)) {
    checkOptions(to.options)
    if (!isCluster(to)) return new Connection(oneServer(to, settings, true), settings, true)
    const options = to.options.redisOptions ?? {}
    checkOptions(options)
    const known = { theirs: true, secrets: secretsIn(options), lastError: () => undefined }
    return new Connection(new ClusterRoute(to, settings, known), settings, true)
  }
  if (Array.isArray(to)) return toCluster({ nodes: to }, settings)
  if (typeof to === 'object' && to !== null && 'nodes' in to && to.nodes !== undefined)
    return toCluster(to, settings)
  if (typeof to === 'object' && to !== null) checkOptions(to)
  return new Connection(oneServer(open(to as string, settings), settings, false), settings, false)
}

function toCluster(description: ClusterNodesOptions, settings: Settings): Connection {
  checkOptions(description)
  checkOptions(description.redisOptions ?? {})
  const { cluster, options } = openCluster(description, settings)
  const secrets = secretsIn(options)
  const known = { theirs: false, secrets, lastError: watchCluster(cluster, secrets) }
  return new Connection(new ClusterRoute(cluster, settings, known), settings, false)
}

/** Told by what it can, as two copies of ioredis may be installed. */
function isClient(connection: RedisConnection): connection is Redis | Cluster {
  return typeof (connection as Partial<Redis> | null)?.call === 'function'
}

function isCluster(client: Redis | Cluster): client is Cluster {
  return client instanceof Cluster || client.isCluster === true
}

/** Listens to the errors of a cluster of ours; answers what tells why it is not connected. */
function watchCluster(cluster: Cluster, secrets: readonly string[]): () => Error | undefined {
  let reason: Error | undefined
  cluster.on('ready', () => {
    reason = undefined
  })
  cluster.on('error', (error: Error & { lastNodeError?: Error }) => {
    reason = withoutSecrets(error.lastNodeError ?? error, secrets)
  })
  return () => reason
}
