import { setTimeout as sleep } from 'node:timers/promises'
import type { NodeStatus } from '@jcache/distributed'
import { type LocalPlace, localPlace } from '@jcache/driver/election'
import { type Child, startChild } from '../../scripts/servers/talk.ts'
import { coordinationOf } from './coordinator-of-parent.ts'
import type { MemberOffers } from './member.ts'

/** Milliseconds that anything here may take; then something is wrong. */
const PATIENCE = 30_000

/** One node in a process of its own. */
export interface Member extends Child<MemberOffers> {
  readonly name: string
}

/** Nodes in processes of their own, and the etcd where they meet, else this process. */
export class Cluster {
  readonly members: Member[] = []
  readonly #place: LocalPlace = localPlace()
  readonly #etcd: readonly string[] | undefined

  constructor(etcd?: readonly string[]) {
    this.#etcd = etcd
  }

  /** One more node; comes back when it has all that there is. */
  async add(name: string): Promise<Member> {
    // What it is told before it runs, it does not need.
    const coordination = coordinationOf(this.#place, () => member?.call('told').catch(() => {}))
    const file = new URL('member.ts', import.meta.url)
    const hosts = this.#etcd ? [this.#etcd.join(','), '/example'] : []
    const child = await startChild<MemberOffers>(file, [name, ...hosts], coordination.offers)
    const member: Member = { ...child, name }
    this.members.push(member)
    void child.ended.then(() => {
      this.members.splice(this.members.indexOf(member), 1)
      return coordination.end()
    })
    await child.call('ready')
    return member
  }

  /** How each node stands. */
  statuses(): Promise<{ member: Member; status: NodeStatus | undefined }[]> {
    return Promise.all(
      this.members.map(async (member) => ({
        member,
        status: await member.call('status').catch(() => undefined),
      })),
    )
  }

  /** Comes back with the leader when it serves and has so many in sync. */
  async untilInSync(size: number): Promise<Member> {
    const end = performance.now() + PATIENCE
    for (;;) {
      for (const { member, status } of await this.statuses())
        if (status?.role === 'leader' && status.leased && status.inSync.length === size) return member
      if (performance.now() > end) throw new Error(`there are no ${size} nodes in sync`)
      await sleep(10)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.members.map((member) => member.kill()))
  }
}
