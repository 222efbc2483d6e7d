import { setTimeout as sleep } from 'node:timers/promises'
import type { EtcdServer } from '../../../../scripts/servers/etcd-server.ts'
import type { RealCluster, Seat } from './cluster.fixture.ts'

/** Longer than promises last. */
const LONG = 1_800

/** What is at hand when something is done to a cluster in which all are in sync. */
export interface Scene {
  readonly cluster: RealCluster
  readonly leader: Seat
  /** All but the leader. */
  readonly followers: readonly Seat[]
  readonly etcd: EtcdServer
  /** For how many milliseconds etcd is away, at least. */
  readonly away: number
}

export type Faults = Readonly<Record<string, (scene: Scene) => Promise<unknown>>>

export const faults: Faults = {
  'the leader is killed, and comes back empty': ({ cluster, leader }) => cluster.restart(leader),
  'a follower is killed, and comes back empty': ({ cluster, followers }) =>
    Promise.all(followers.slice(0, 1).map((follower) => cluster.restart(follower))),
  'all but one follower are killed at once, and come back empty': async ({ cluster, leader, followers }) => {
    const [last, ...others] = followers
    const doomed = [leader, ...others]
    for (const { child } of doomed) child.pause()
    await sleep(100)
    // On a busy machine it may just have fallen behind: then nothing would be left, and nobody could ever lead.
    if (last && (await cluster.isInSync(last))) await Promise.all(doomed.map((seat) => cluster.restart(seat)))
    else for (const { child } of doomed) child.resume()
  },
  'the leader is frozen for longer than its promises': async ({ cluster, leader, followers }) => {
    leader.child.pause()
    await sleep(LONG)
    await cluster.untilAnswered(followers).finally(leader.child.resume)
  },
  'etcd is frozen: reads and writes go on': async ({ cluster, etcd, away }) => {
    etcd.pause()
    await cluster.goesOn(away).finally(etcd.resume)
  },
  'etcd is killed and started again': async ({ cluster, etcd, away }) => {
    await etcd.kill()
    await cluster.goesOn(away)
    await etcd.restart()
  },
  'etcd comes back without its data': async ({ cluster, etcd }) => {
    await etcd.restartEmpty()
    await cluster.untilAnswered(cluster.seats)
  },
}

/** For a network of our own. */
export const partitions: Faults = {
  'nobody hears the leader': ({ cluster, leader, followers }) =>
    parted(cluster, () => cluster.part([leader], followers)),
  'the leader hears nobody': ({ cluster, leader, followers }) =>
    parted(cluster, () => cluster.part(followers, [leader])),
  'the leader is parted from a half, both ways': ({ cluster, leader, followers }) => {
    const half = followers.slice(followers.length / 2)
    return parted(cluster, () => {
      cluster.part([leader], half)
      cluster.part(half, [leader])
    })
  },
  'the leader is parted from all, and from etcd': async ({ cluster, leader, followers }) => {
    cluster.cutOff(leader)
    await sleep(LONG)
    await cluster.untilAnswered(followers)
    const leads = async (seat: Seat) => (await seat.child.call('status'))?.role === 'leader'
    if (!(await Promise.all(followers.map(leads))).includes(true))
      throw new Error('the leader was not cut off')
    cluster.network?.heal()
    await cluster.untilAnswered(cluster.seats)
  },
  'a follower is parted from all, and from etcd': async ({ cluster, leader, followers }) => {
    const [follower, ...others] = followers
    if (follower) cluster.cutOff(follower)
    await sleep(LONG)
    await cluster.untilAnswered([leader, ...others])
    cluster.network?.heal()
    await cluster.untilAnswered(cluster.seats)
  },
}

/** For nodes behind proxies. */
export const silences: Faults = {
  'nothing reaches the leader': async ({ cluster, leader }) => {
    leader.proxy?.freeze()
    await sleep(LONG)
    leader.proxy?.thaw()
    await cluster.untilAnswered(cluster.seats)
  },
  'nothing reaches a follower, then its connections are cut': async ({ cluster, followers }) => {
    const proxy = followers[0]?.proxy
    proxy?.freeze()
    await sleep(LONG)
    proxy?.cut()
    proxy?.thaw()
    await cluster.untilAnswered(cluster.seats)
  },
}

/** Whoever may lead then, does so when it is over. */
async function parted(cluster: RealCluster, cut: () => void): Promise<void> {
  cut()
  await sleep(LONG)
  cluster.network?.heal()
  await cluster.untilAnswered(cluster.seats)
}
