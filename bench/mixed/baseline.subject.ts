import { Redis } from 'ioredis'
import type { Setup } from '../suite.ts'
import { mixed } from './mixed.ts'

/** Plain ioredis with its automatic pipelines. */
export const setup: Setup = () =>
  mixed((url) => {
    const redis = new Redis(url, { enableAutoPipelining: true })
    return {
      get: (key) => redis.get(key),
      set: (key, value) => redis.set(key, value),
      hset: (key, field, value) => redis.hset(key, field, value),
      hget: (key, field) => redis.hget(key, field),
      incr: (key) => redis.incr(key),
      rpush: (key, value) => redis.rpush(key, value),
      lpop: (key) => redis.lpop(key),
      zadd: (key, score, member) => redis.zadd(key, `${score}`, member),
      zrange: (key, start, stop) => redis.zrange(key, `${start}`, `${stop}`),
      sadd: (key, member) => redis.sadd(key, member),
    }
  })
