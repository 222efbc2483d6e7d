// A client of Redis as a process of its own, as applications have it.

import { Redis } from 'ioredis'
import { offerToParent } from '../../scripts/servers/talk.ts'
import { keyOf, type Tally, tally, VALUE } from './load.ts'

/** What is asked of the client. */
export type RedisClientOffers = {
  /** SET and WAIT 1, sent together: answered when the replica has it too. */
  held(duration: number): Promise<Tally>
}

const [url = ''] = process.argv.slice(2)
const redis = new Redis(url)

const offers: RedisClientOffers = {
  held: (duration) =>
    tally(1, duration, (at) => Promise.all([redis.set(keyOf(at), VALUE), redis.wait(1, 0)])),
}

offerToParent(offers)
