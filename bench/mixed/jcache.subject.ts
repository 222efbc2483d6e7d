import { createClient } from '@jcache/core'
import { redis } from '@jcache/redis'
import type { Setup } from '../suite.ts'
import { mixed } from './mixed.ts'

export const setup: Setup = () =>
  mixed((url) => {
    const client = createClient([redis(url)])
    return {
      get: (key) => client.get(key),
      set: (key, value) => client.set(key, value),
      hset: (key, field, value) => client.hset(key, { [field]: value }),
      hget: (key, field) => client.hget(key, field),
      incr: (key) => client.incr(key),
      rpush: (key, value) => client.rpush(key, value),
      lpop: (key) => client.lpop(key),
      zadd: (key, score, member) => client.zadd(key, { [member]: score }),
      zrange: (key, start, stop) => client.zrange(key, start, stop),
      sadd: (key, member) => client.sadd(key, member),
    }
  })
