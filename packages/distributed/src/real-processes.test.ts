import { expect, test } from 'vitest'
import { orSkipped, sharedSet } from '../../../scripts/servers/shared.ts'
import { startChild } from '../../../scripts/servers/talk.ts'
import { ownNetwork } from './real/own-network.fixture.ts'
import type { PlayOffers } from './real/play.fixture.ts'

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)
const nodes = number('JCACHE_REAL_NODES', 3)
/** So many seconds of faults, one after the other and again; by default each once. */
const seconds = number('JCACHE_REAL_SECONDS', 0)
/** Seconds without etcd, each time; by default until some calls were answered. */
const away = number('JCACHE_REAL_AWAY', 0)

const isThere = (await orSkipped(sharedSet('etcd'))) !== undefined

test.skipIf(!isThere)(
  `${nodes} processes and an etcd, killed, frozen and parted under load, lose nothing and never lie`,
  { timeout: 180_000 + 4_000 * seconds + 10_000 * away },
  async ({ onTestFinished }) => {
    const network = ownNetwork()
    if (!network)
      console.log('Skipped: partitions, which take Linux, unshare, ip and iptables; silent proxies instead')
    const child = await startChild<PlayOffers>(
      new URL('real/play.fixture.ts', import.meta.url),
      [],
      {},
      network,
    )
    onTestFinished(() => child.kill())
    const played = await child.call('play', { nodes, seconds, away, hasOwnNetwork: network !== undefined })
    const { calls, unknown, kept, linearizable, undecided, ...wrong } = played
    console.log(
      `${calls} calls, ${unknown} unknown, ${kept} kept; keys: ${linearizable} linearizable, ${undecided} undecided`,
    )
    // 4: nothing is lost that was acknowledged; 12: sessions never go back; 6, 7: what is linearizable is.
    expect(wrong).toEqual({ broken: [], lost: [], backwards: [], overtaken: [], notLinearizable: [] })
    expect(kept).toBeGreaterThan(200)
    expect(linearizable).toBeGreaterThan(undecided)
  },
)
