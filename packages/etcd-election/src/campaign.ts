import { CacheError } from '@jcache/driver'
import type { IKeyValue } from 'etcd3'
import { Bell } from './bell.ts'
import { isLeaseGone, isRefused } from './failure.ts'
import { candidatesOf, oldestOf, under } from './keys.ts'
import { type Leadership, lead, type Seat } from './leadership.ts'
import { Lease } from './lease.ts'
import { Backoff, pause } from './pause.ts'
import type { Servers } from './servers.ts'
import { watch } from './watch.ts'

/**
 * Puts a key on a lease, and leads when no key of the election was created earlier. Every look is one transaction that
 * puts the key if it is not there and answers whose is the oldest; what became of earlier transactions, answered or not,
 * shows in what is there now.
 */
export async function campaign(servers: Servers, value: string, ending: AbortSignal): Promise<Leadership> {
  const range = under(candidatesOf(servers.settings))
  const bell = new Bell()
  const stopWatching = watch(servers, range, bell.ring)
  const backoff = new Backoff(50, servers.settings.lookEvery)
  let lease: Lease | undefined
  try {
    while (!ending.aborted) {
      try {
        if (!lease || lease.gone.aborted) lease = await Lease.grant(servers, 'campaign')
        const { seat, oldest } = await look(servers, lease, value)
        backoff.reset()
        if (oldest?.key.toString() === seat.key && lease.isValid() && !ending.aborted)
          return lead(servers, seat)
      } catch (error) {
        if (isRefused(error)) throw error
        // Told as an event.
        if (isLeaseGone(error)) lease?.declareGone()
        await pause(backoff.next(), ending)
        continue
      }
      await bell.next(ending, lease.gone)
    }
    throw new CacheError('ABORTED', 'campaign: ended before it was won', { cause: ending.reason })
  } catch (error) {
    await lease?.revoke()
    throw error
  } finally {
    stopWatching()
  }
}

async function look(
  servers: Servers,
  lease: Lease,
  value: string,
): Promise<{ seat: Seat; oldest: IKeyValue | undefined }> {
  const candidates = candidatesOf(servers.settings)
  const name = `${candidates}${BigInt(lease.id).toString(16)}`
  const key = Buffer.from(name)
  const oldest = { request_range: oldestOf(under(candidates)) }
  const { succeeded, header, responses } = await servers.ask('campaign', ({ kv }, until) =>
    kv.txn(
      {
        compare: [{ key, target: 'Create', result: 'Equal', create_revision: 0 }],
        success: [{ request_put: { key, value: Buffer.from(value), lease: lease.id } }, oldest],
        failure: [{ request_range: { key } }, oldest],
      },
      until,
    ),
  )
  const own = succeeded ? header.revision : responses[0]?.response_range.kvs[0]?.create_revision
  return { seat: { lease, key: name, created: own ?? '' }, oldest: responses[1]?.response_range.kvs[0] }
}
