import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sharedSet } from '../../../scripts/servers/shared.ts'
import { startChild } from '../../../scripts/servers/talk.ts'
import { untilTrue } from '../../../scripts/servers/until-true.ts'
import type { MemberOffers } from './real/member.fixture.ts'

const etcd = await sharedSet('etcd')
/** For how many seconds the follower is frozen. */
const SECONDS = Number(process.env['JCACHE_REAL_PAUSE'] ?? 3)
/** Megabytes of the log that are kept; and of what is on its way to one peer, or waits for it, in two streams. */
const RING = SECONDS < 30 ? 16 : 64
const WINDOWS = 2 * (16 + 16)
const MB = 1 << 20

test.skipIf(!etcd)(
  `17: a follower frozen for ${SECONDS} s at full load: the leader's memory is bounded, and the follower comes back under the same load`,
  { timeout: 120_000 + 3_000 * SECONDS },
  async ({ onTestFinished }) => {
    const args = [`/paused-${randomUUID()}`, etcd?.urls.join(',') ?? '', `${RING}mb`]
    const file = new URL('real/member.fixture.ts', import.meta.url)
    const leader = await startChild<MemberOffers>(file, args)
    onTestFinished(() => leader.kill())
    const leads = async () => (await leader.call('status'))?.role === 'leader'
    await untilTrue(leads, 'the first leads', 60_000)
    const follower = await startChild<MemberOffers>(file, args)
    onTestFinished(() => follower.kill())
    const untilInSync = () =>
      untilTrue(
        async () => {
          const status = await leader.call('status')
          return status?.role === 'leader' && status.inSync.length === 2
        },
        'both are in sync',
        60_000,
      )
    await untilInSync()
    await leader.call('write', 64, 500)
    // Until the ring is full, and the writes are as many as they come to be.
    const isFull = async () => ((await leader.call('status'))?.ring ?? 0) > 0.9 * RING * MB
    await untilTrue(isFull, 'the ring is full', 60_000)

    /** The most in so many milliseconds. */
    const most = async (ms: number) => {
      const peak = { used: 0, resident: 0 }
      const end = performance.now() + ms
      while (performance.now() < end) {
        const { used, resident } = await leader.call('memory')
        peak.used = Math.max(peak.used, used)
        peak.resident = Math.max(peak.resident, resident)
        await sleep(250)
      }
      return peak
    }
    const before = await most(Math.min(500 * SECONDS, 10_000))
    const written = await leader.call('written')
    follower.pause()
    const peak = await most(1_000 * SECONDS).finally(follower.resume)
    const meanwhile = (await leader.call('written')) - written
    await untilInSync()
    await leader.call('rest')

    const show = (bytes: number) => `${Math.round(bytes / MB)} MB`
    console.log(
      `${meanwhile} writes; reachable ${show(before.used)} before, ${show(peak.used)} at most; ` +
        `resident ${show(before.resident)} and ${show(peak.resident)}`,
    )
    expect(meanwhile).toBeGreaterThan(100 * SECONDS)
    // The ring was full before.
    expect(peak.used).toBeLessThan(1.1 * (before.used + WINDOWS * MB))
    expect(peak.resident).toBeLessThan(1.1 * (before.resident + (RING + WINDOWS) * MB))
  },
)
