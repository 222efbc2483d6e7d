// A cluster under load to which one thing is done after the other, in a process of its own: it may have its own network.

import { startEtcd } from '../../../../scripts/servers/etcd.ts'
import { offerToParent } from '../../../../scripts/servers/talk.ts'
import { RealCluster } from './cluster.fixture.ts'
import { faults, partitions, silences } from './faults.fixture.ts'
import { acknowledged, backwards, overtaken, verdicts } from './history.fixture.ts'
import { OwnNetwork } from './own-network.fixture.ts'

export interface Play {
  readonly nodes: number
  /** For so long faults come one after the other; each once at least. */
  readonly seconds: number
  /** For how many seconds etcd is away each time, at least. */
  readonly away: number
  readonly hasOwnNetwork: boolean
}

/** What came of it: all lists are to be empty. */
export interface Played {
  readonly calls: number
  readonly unknown: number
  /** Writes that were acknowledged and had to be kept. */
  readonly kept: number
  readonly broken: readonly unknown[]
  readonly lost: readonly string[]
  readonly backwards: readonly string[]
  readonly overtaken: readonly string[]
  readonly notLinearizable: readonly string[]
  readonly linearizable: number
  readonly undecided: number
}

export type PlayOffers = { play(play: Play): Promise<Played> }

offerToParent({ play } satisfies PlayOffers)

async function play({ nodes, seconds, away, hasOwnNetwork }: Play): Promise<Played> {
  const network = hasOwnNetwork ? new OwnNetwork() : undefined
  const etcd = await startEtcd()
  // In a long run fewer calls are made, since all are kept in mind.
  const cluster = new RealCluster(etcd.urls, network, seconds > 60 ? 25 : 4)
  try {
    const [server] = etcd.servers
    if (!server) throw new Error('there is no etcd')
    for (let count = 0; count < nodes; count++) await cluster.add()
    await cluster.untilAllInSync()
    for (const { child } of cluster.seats) await child.call('start')

    const begin = performance.now()
    const passed = () => (performance.now() - begin) / 1_000
    do {
      for (const [name, fault] of Object.entries({ ...faults, ...(network ? partitions : silences) })) {
        const leader = await cluster.untilAllInSync()
        await cluster.untilAnswered(cluster.seats)
        if (seconds > 0) console.log(`${Math.round(passed())} s: ${name}`)
        const followers = cluster.seats.filter((seat) => seat !== leader)
        await fault({ cluster, leader, followers, etcd: server, away: 1_000 * away })
      }
    } while (passed() < seconds)

    // 14: every call ends.
    await Promise.all(cluster.seats.map(({ child }) => child.call('stop')))
    await cluster.untilAllInSync()
    // 19, 10: healed, all hold the same.
    await cluster.untilEqual()
    return await judged(cluster)
  } catch (error) {
    console.log(await cluster.standing())
    throw error
  } finally {
    await cluster.close()
    await etcd.stop()
  }
}

async function judged(cluster: RealCluster): Promise<Played> {
  const history = cluster.history()
  const kept = acknowledged(history)
  const missing = await Promise.all(cluster.seats.map(({ child }) => child.call('missing', kept)))
  const judgements = [...verdicts(history)]
  const those = (wanted: string) => judgements.flatMap(([key, verdict]) => (verdict === wanted ? [key] : []))
  return {
    calls: history.length,
    unknown: history.filter(({ end }) => end?.kind === 'unknown').length,
    kept: kept.length,
    broken: history.filter(({ end }) => end?.kind === 'broken'),
    lost: missing.flat(),
    backwards: backwards(history),
    overtaken: overtaken(history),
    notLinearizable: those('not linearizable'),
    linearizable: those('linearizable').length,
    undecided: those('undecided').length,
  }
}
