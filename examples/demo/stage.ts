import type { Client } from '@jcache/core'
import type { RedisServer } from '../../scripts/servers/redis-server.ts'
import type { DataSet } from './data.ts'
import type { Screen } from './screen.ts'
import type { Tally } from './tally.ts'

/** How long a copy may live in memory: less than the default of 5 s, so that the demo is short. */
export const NEAR_TTL = '2s'
export const NEAR_TTL_IN_WORDS = '2 seconds'

/** What every step works with. */
export interface Stage {
  readonly screen: Screen
  readonly data: DataSet
  readonly client: Client
  readonly tally: Tally
  /** The Redis of the demo: its own, so that it may be frozen and killed. */
  readonly server: RedisServer
}
