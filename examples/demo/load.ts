import type { Client } from '@jcache/core'
import type { DataSet } from './data.ts'

/** Calls that are under way at a time: enough to keep Redis busy, few enough for the deadline of each. */
const TOGETHER = 200

/** Writes every airport as a hash, `airport:ATL`, and the departures as a sorted set. */
export async function load({ airports, departures }: DataSet, client: Client): Promise<void> {
  const all = [...airports]
  for (let at = 0; at < all.length; at += TOGETHER) {
    const some = all.slice(at, at + TOGETHER)
    await Promise.all(some.map(([code, airport]) => client.hset(`airport:${code}`, airport)))
  }
  await client.zadd('departures', departures)
}
