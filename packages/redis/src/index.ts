export type { RedisConnection } from './open.ts'
export type { RedisDriverOptions } from './options.ts'
export { redis } from './redis.ts'
