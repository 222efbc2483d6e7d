export type { RedisDriverOptions } from './options.ts'
export { redis } from './redis.ts'
export type {
  ClusterNodesOptions,
  RedisConnection,
  SentinelOptions,
  ServerAddress,
  ServerOptions,
} from './redis-connection.ts'
