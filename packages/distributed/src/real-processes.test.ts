import { expect, test } from 'vitest'
import { startEtcd } from '../../../scripts/servers/etcd.ts'
import { orSkipped, sharedSet } from '../../../scripts/servers/shared.ts'
import { RealCluster } from './real/cluster.fixture.ts'
import { faults } from './real/faults.fixture.ts'
import { acknowledged, backwards, verdicts } from './real/history.fixture.ts'

/** So many seconds of faults, one after the other and again; by default each once. */
const SECONDS = Number(process.env['JCACHE_REAL_SECONDS'] ?? 0)

const isThere = (await orSkipped(sharedSet('etcd'))) !== undefined

test.skipIf(!isThere)(
  'three processes and an etcd, killed, frozen and parted under load, lose nothing and never lie',
  { timeout: 180_000 + 4_000 * SECONDS },
  async ({ onTestFinished }) => {
    const etcd = await startEtcd()
    onTestFinished(() => etcd.stop())
    const [server] = etcd.servers
    if (!server) throw new Error('there is no etcd')
    const cluster = new RealCluster(etcd.urls)
    onTestFinished(() => cluster.close())
    for (let count = 0; count < 3; count++) await cluster.add()
    await cluster.untilAllInSync()
    for (const { child } of cluster.seats) await child.call('start')

    const begin = performance.now()
    do {
      for (const [name, fault] of Object.entries(faults)) {
        const leader = await cluster.untilAllInSync()
        await cluster.untilAnswered(cluster.seats)
        if (SECONDS > 0) console.log(`${Math.round((performance.now() - begin) / 1000)} s: ${name}`)
        await fault(cluster, leader, server)
      }
    } while (performance.now() - begin < 1_000 * SECONDS)

    // 14: every call ends.
    await Promise.all(cluster.seats.map(({ child }) => child.call('stop')))
    await cluster.untilAllInSync()
    // 19, 10: healed, all hold the same.
    await cluster.untilEqual()

    const history = cluster.history()
    const broken = history.filter(({ end }) => end?.kind === 'broken')
    expect(broken).toEqual([])
    // 4: nothing is lost that was acknowledged.
    const kept = acknowledged(history)
    expect(kept.length).toBeGreaterThan(200)
    for (const { child } of cluster.seats) expect(await child.call('missing', kept)).toEqual([])
    // 12: sessions never go back.
    expect(backwards(history)).toEqual([])
    // 6, 7: what is linearizable is.
    const counted = { linearizable: 0, 'not linearizable': 0, undecided: 0 }
    for (const [key, verdict] of verdicts(history)) {
      counted[verdict]++
      expect(verdict, key).not.toBe('not linearizable')
    }
    expect(counted.linearizable).toBeGreaterThan(counted.undecided)
    const unknown = history.filter(({ end }) => end?.kind === 'unknown').length
    console.log(
      `${history.length} calls, ${unknown} unknown, ${kept.length} kept, keys: ${JSON.stringify(counted)}`,
    )
  },
)
