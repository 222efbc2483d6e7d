import { Cluster, type ClusterOptions, type RedisOptions } from 'ioredis'
import { backOff, decided } from './open.ts'
import { refuse, type Settings } from './options.ts'
import type { ClusterNodesOptions, ServerAddress } from './redis-connection.ts'

/** After so many attempts in vain a node is given up, until the others name it again. */
const ATTEMPTS = 5

/**
 * A Cluster of our own, not yet connecting, and what no message may show.
 *
 * @throws CacheError `INVALID_ARGUMENT` for nodes that cannot be read.
 */
export function openCluster(
  { nodes, ...given }: ClusterNodesOptions,
  settings: Settings,
): { readonly cluster: Cluster; readonly options: RedisOptions } {
  if (!Array.isArray(nodes) || nodes.length === 0) throw refuse('wants nodes of the cluster, at least one')
  const places = nodes.map(placeOf)
  // What one URL says of user and TLS holds for the nodes that are learnt as well.
  const said = Object.assign({}, ...places.map(({ access }) => access).reverse())
  const options = { ...said, ...given.redisOptions, ...decided(settings) }
  const { retryStrategy: _, ...common } = { connectTimeout: 2 * settings.commandTimeout, ...options }
  if (common.db) throw refuse('wants database 0, as a cluster has no other')
  const resolved: ClusterOptions = {
    clusterRetryStrategy: backOff,
    clusterNodeRetryStrategy: (attempts: number) => (attempts > ATTEMPTS ? null : backOff(attempts)),
    // A certificate is of a name, not of the address behind it.
    ...(common.tls && {
      dnsLookup: (host: string, found: (error: null, address: string) => void) => found(null, host),
    }),
    ...(given as ClusterOptions),
    enableAutoPipelining: false,
    enableOfflineQueue: false,
    enableReadyCheck: true,
    lazyConnect: true,
    scaleReads: 'master',
    // See `readExactly`.
    redisOptions: { ...common, stringNumbers: false },
  }
  return {
    cluster: new Cluster(
      places.map(({ address }) => ({ ...address })),
      resolved as ClusterOptions & { redisOptions: { replyMapping: 'legacy' } },
    ),
    options: common,
  }
}

interface Place {
  readonly address: ServerAddress
  readonly access: RedisOptions
}

function placeOf(node: string | ServerAddress): Place {
  if (typeof node !== 'string') {
    if (!node || typeof node.host !== 'string' || !Number.isSafeInteger(node.port))
      throw refuse('wants nodes as URLs or as { host, port }')
    return { address: { host: node.host, port: node.port }, access: {} }
  }
  if (!/^rediss?:\/\//i.test(node) || !URL.canParse(node))
    throw refuse('wants URLs of nodes that begin with redis:// or rediss://')
  const { protocol, hostname, port, username, password, pathname, search } = new URL(node)
  if (!/^\/?0?$/.test(pathname) || search !== '')
    throw refuse(
      'wants URLs of nodes without database and options: a cluster has database 0, options go into redisOptions',
    )
  return {
    address: { host: hostname.replace(/^\[|\]$/g, '') || '127.0.0.1', port: Number(port || 6379) },
    access: {
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' && { tls: {} }),
    },
  }
}
