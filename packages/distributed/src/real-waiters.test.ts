import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sharedSet } from '../../../scripts/servers/shared.ts'
import { type Child, startChild } from '../../../scripts/servers/talk.ts'
import { untilTrue } from '../../../scripts/servers/until-true.ts'
import type { MemberOffers } from './real/member.fixture.ts'

const etcd = await sharedSet('etcd')
const WAITERS = 1_000
/** Over which processor time is measured: milliseconds. */
const WHILE = 3_000

test.skipIf(!etcd)(
  '15: a thousand who wait cost next to nothing, each element goes to one of them, in order, and nothing is left over',
  { timeout: 120_000 },
  async ({ onTestFinished }) => {
    const args = [`/waiters-${randomUUID()}`, etcd?.urls.join(',') ?? '', '4mb']
    const file = new URL('real/member.fixture.ts', import.meta.url)
    const members = await Promise.all([0, 1, 2].map(() => startChild<MemberOffers>(file, args)))
    onTestFinished(() => void Promise.all(members.map((member) => member.kill())))

    const leaderOf = async (among: readonly Child<MemberOffers>[]) => {
      let leader: Child<MemberOffers> | undefined
      await untilTrue(
        async () => {
          for (const member of among) {
            const status = await member.call('status')
            if (status?.leased && status.inSync.length === among.length) leader = member
          }
          return leader !== undefined
        },
        'all are in sync',
        60_000,
      )
      if (!leader) throw new Error('nobody leads')
      return leader
    }
    const untilWaiting = async (at: Child<MemberOffers>, wanted: number) => {
      const isSo = async () => (await at.call('status'))?.waiters === wanted
      await untilTrue(isSo, `${wanted} wait at the leader`, 60_000)
    }
    /** The share of one processor that each takes. */
    const shares = async () => {
      const cpu = () => Promise.all(members.map((member) => member.call('cpu')))
      const before = await cpu()
      await sleep(WHILE)
      return (await cpu()).map((after, at) => (after - (before[at] ?? 0)) / 1_000 / WHILE)
    }

    const leader = await leaderOf(members)
    const followers = members.filter((member) => member !== leader)
    const [caller, other] = followers
    if (!caller || !other) throw new Error('there are no followers')
    const alone = await shares()
    await caller.call('wait', 'queue', WAITERS)
    await untilWaiting(leader, WAITERS)
    const withWaiters = await shares()
    // One that spins would take all of a processor.
    const more = withWaiters.map((share, at) => share - (alone[at] ?? 0))
    console.log(`${WAITERS} who wait take ${more.map((share) => `${(100 * share).toFixed(1)} %`).join(', ')}`)
    expect(Math.max(...more)).toBeLessThan(0.1)

    const first = Array.from({ length: 10 }, (_, at) => `first ${at}`)
    await other.call('push', 'queue', first)
    await untilTrue(
      async () => (await caller.call('popped')).length === first.length,
      'the first have theirs',
    )
    expect(await caller.call('popped')).toEqual(first)

    await caller.call('cancel')
    await untilWaiting(leader, 0)
    expect((await caller.call('status'))?.calls).toBe(0)

    await caller.call('wait', 'queue', WAITERS)
    await untilWaiting(leader, WAITERS)
    await leader.kill()
    const next = await leaderOf(followers)
    await untilWaiting(next, WAITERS)
    const elements = Array.from({ length: WAITERS }, (_, at) => `${at}`)
    await other.call('push', 'queue', elements)
    await untilWaiting(next, 0)
    await untilTrue(async () => (await caller.call('popped')).length === WAITERS, 'all have theirs')
    expect([...(await caller.call('popped'))].sort()).toEqual(elements.sort())
    for (const member of followers) expect((await member.call('status'))?.calls).toBe(0)
  },
)
