import type { Client } from '@jcache/core'
import type { Words } from './writes.ts'

/** Sends the words by the client's own methods. */
export function sent(client: Client, words: Words): Promise<unknown> {
  const [command, key = '', ...rest] = words
  const [first = '', second = '', third = ''] = rest
  switch (command) {
    case 'SET':
      return second === 'PX' ? client.set(key, first, { ttl: Number(third) }) : client.set(key, first)
    case 'MSET':
      return client.mset({ [key]: first })
    case 'GETSET':
      return client.getset(key, first)
    case 'HSET':
      return client.hset(key, { [first]: second, [third]: rest[3] ?? '' })
    case 'RPUSH':
      return client.rpush(key, first)
    case 'LTRIM':
      return client.ltrim(key, Number(first), Number(second))
    case 'SADD':
      return client.sadd(key, first)
    case 'SREM':
      return client.srem(key, first)
    case 'ZADD':
      return client.zadd(key, { [second]: Number(first) })
    case 'PEXPIRE':
      return client.expire(key, Number(first))
    case 'DEL':
      return client.del(key)
    default:
      throw new Error(`nothing sends ${command}`)
  }
}
