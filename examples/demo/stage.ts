import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@jcache/core'
import type { RedisServer } from '../../scripts/servers/redis-server.ts'
import type { DataSet } from './data.ts'
import type { Screen } from './screen.ts'
import type { Tally } from './tally.ts'

/** How long copies are still read when Redis can no longer tell what changes. */
export const MAX_STALENESS = '2s'
export const MAX_STALENESS_IN_WORDS = '2 seconds'

/** Milliseconds that the client may take to find Redis again; then something is wrong. */
export const PATIENCE = 15_000

/** What every step works with. */
export interface Stage {
  readonly screen: Screen
  readonly data: DataSet
  readonly client: Client
  readonly tally: Tally
  /** The Redis of the demo: its own, so that it may be frozen and killed. */
  readonly server: RedisServer
}

/** Comes back when Redis tells the client what changes. */
export async function untilTold({ client }: Stage): Promise<void> {
  const start = performance.now()
  while (client.stream !== 'live') {
    if (performance.now() - start > PATIENCE) throw new Error(`the stream is still ${client.stream}`)
    await sleep(5)
  }
}
