import { startRedis } from '../../scripts/servers/redis.ts'
import type { Subject } from '../suite.ts'

const CALLS = 100
const KEYS = 1_000

/** The commands of the mix, as each subject calls them. */
export interface Mixed {
  get(key: string): Promise<unknown>
  set(key: string, value: string): Promise<unknown>
  hset(key: string, field: string, value: string): Promise<unknown>
  hget(key: string, field: string): Promise<unknown>
  incr(key: string): Promise<unknown>
  rpush(key: string, value: string): Promise<unknown>
  lpop(key: string): Promise<unknown>
  zadd(key: string, score: number, member: string): Promise<unknown>
  zrange(key: string, start: number, stop: number): Promise<unknown>
  sadd(key: string, member: string): Promise<unknown>
}

/** A hundred commands at once, reads and writes of all types; the time is that of one. */
export async function mixed(over: (url: string) => Mixed): Promise<Subject> {
  const server = await startRedis({ fetch: true })
  const commands = over(server.url)
  const call = (at: number): Promise<unknown> => {
    const name = `${(at * 7) % KEYS}`
    switch (at % 10) {
      case 0:
        return commands.set(`string:${name}`, 'a text of some length')
      case 1:
        return commands.hset(`hash:${name}`, 'field', 'value')
      case 2:
        return commands.hget(`hash:${name}`, 'field')
      case 3:
        return commands.incr(`counter:${name}`)
      case 4:
        return commands.rpush(`list:${name}`, 'value')
      case 5:
        return commands.lpop(`list:${name}`)
      case 6:
        return commands.zadd(`zset:${name}`, at % 100, `member ${at % 50}`)
      case 7:
        return commands.zrange(`zset:${name}`, 0, 9)
      case 8:
        return commands.sadd(`set:${name}`, `member ${at % 50}`)
      default:
        return commands.get(`string:${name}`)
    }
  }
  return {
    calls: CALLS,
    run: (at) => Promise.all(Array.from({ length: CALLS }, (_, next) => call(at * CALLS + next))),
    close: () => server.stop(),
  }
}
