import { setTimeout as sleep } from 'node:timers/promises'
import type { EtcdServer } from '../../../../scripts/servers/etcd-server.ts'
import type { RealCluster, Seat } from './cluster.fixture.ts'

/** Longer than promises last. */
const LONG = 1_800

export type Fault = (cluster: RealCluster, leader: Seat, etcd: EtcdServer) => Promise<void>

/** What happens to a cluster in which all are in sync. */
export const faults: Readonly<Record<string, Fault>> = {
  'the leader is killed, and comes back empty': (cluster, leader) => cluster.restart(leader),
  'a follower is killed, and comes back empty': async (cluster, leader) => {
    const follower = cluster.seats.find((seat) => seat !== leader)
    if (follower) await cluster.restart(follower)
  },
  'the leader is frozen for longer than its promises': async (cluster, leader) => {
    leader.child.pause()
    await sleep(LONG)
    await cluster.untilAnswered(cluster.seats.filter((seat) => seat !== leader)).finally(leader.child.resume)
  },
  'nothing reaches the leader': async (cluster, leader) => {
    leader.proxy.freeze()
    await sleep(LONG)
    leader.proxy.thaw()
    await cluster.untilAnswered(cluster.seats)
  },
  'nothing reaches a follower, then its connections are cut': async (cluster, leader) => {
    const follower = cluster.seats.find((seat) => seat !== leader)
    follower?.proxy.freeze()
    await sleep(LONG)
    follower?.proxy.cut()
    follower?.proxy.thaw()
    await cluster.untilAnswered(cluster.seats)
  },
  'etcd is frozen: reads and writes go on': async (cluster, _, etcd) => {
    etcd.pause()
    await cluster.untilAnswered(cluster.seats).finally(etcd.resume)
  },
  'etcd is killed and started again': async (cluster, _, etcd) => {
    await etcd.kill()
    await cluster.untilAnswered(cluster.seats)
    await etcd.restart()
  },
}
