import type { Cluster, ClusterOptions, Redis, RedisOptions } from 'ioredis'

/** What the tier decides itself, or refuses: a prefix, for which `prefixed` of `@jcache/core` is there, or other replies. */
type Decided =
  | 'autoResendUnfulfilledCommands'
  | 'commandTimeout'
  | 'enableAutoPipelining'
  | 'enableOfflineQueue'
  | 'keyPrefix'
  | 'lazyConnect'
  | 'maxRetriesPerRequest'
  | 'monitor'
  | 'readOnly'
  | 'replyMapping'
  | 'role'
  | 'socketTimeout'
  | 'stringNumbers'

type OfSentinels =
  | Extract<keyof RedisOptions, `sentinel${string}`>
  | 'name'
  | 'updateSentinels'
  | 'failoverDetector'

/** One server: options of ioredis, as `{ host, port, username, password, db, tls }`. */
export interface ServerOptions extends Omit<RedisOptions, Decided | OfSentinels> {
  readonly sentinels?: undefined
  readonly nodes?: undefined
}

/** The server that sentinels hold for the primary of `name`: options of ioredis, as `{ sentinels, name, sentinelPassword }`. */
export interface SentinelOptions
  extends Omit<RedisOptions, Decided | 'host' | 'port' | 'path' | 'sentinels'> {
  readonly sentinels: readonly ServerAddress[]
  readonly name: string
  readonly host?: undefined
  readonly port?: undefined
  readonly path?: undefined
  readonly nodes?: undefined
}

/**
 * A cluster: some of its nodes, from which the others are learnt, and options of ioredis, where `redisOptions` hold what
 * all nodes have in common, as `{ nodes, redisOptions: { password, tls } }`.
 */
export interface ClusterNodesOptions
  extends Omit<
    ClusterOptions,
    | Decided
    | 'redisOptions'
    | 'scaleReads'
    | 'shardedSubscribers'
    | 'enableReadyCheck'
    | 'autoPipeliningIgnoredCommands'
  > {
  readonly nodes: readonly (string | ServerAddress)[]
  readonly redisOptions?: Omit<
    RedisOptions,
    Decided | OfSentinels | 'db' | 'host' | 'port' | 'path' | 'sentinels'
  >
  readonly host?: undefined
  readonly port?: undefined
  readonly path?: undefined
  readonly sentinels?: undefined
}

/** Where a server listens. */
export interface ServerAddress {
  readonly host: string
  readonly port: number
}

/**
 * Where the servers are: a URL (`redis://`, `rediss://`, or the path of a socket), several URLs for a cluster, options of
 * ioredis for one server, for sentinels or for a cluster, or a Redis or Cluster of ioredis that is yours, which is never
 * closed here.
 */
export type RedisConnection =
  | string
  | readonly string[]
  | ServerOptions
  | SentinelOptions
  | ClusterNodesOptions
  | Redis
  | Cluster
