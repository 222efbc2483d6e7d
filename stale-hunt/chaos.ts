import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { RedisServer } from '../scripts/servers/redis-server.ts'
import { type Events, now } from './history.ts'
import { isVolatile, type Key } from './keys.ts'

/** Lets befall the server what may befall one, for so many milliseconds; it is well in the end. Answers what that was. */
export async function chaos(
  server: RedisServer,
  control: Redis,
  keys: readonly Key[],
  chance: () => number,
  ms: number,
): Promise<Events> {
  const events = { flushes: [] as Events['flushes'][number][], freezes: [] as Events['freezes'][number][] }
  const volatile = keys.map(({ name }) => name).filter(isVolatile)

  /** Cuts a connection: one on which the server tells, or one for calls. */
  const cut = async (listening: boolean) => {
    const lines = String(await control.call('CLIENT', ['LIST'])).split('\n')
    const own = await control.client('ID')
    const ids = lines
      .filter((line) => /\bsub=[1-9]/.test(line) === listening)
      .map((line) => /\bid=(\d+)/.exec(line)?.[1] ?? '')
      .filter((id) => id !== '' && id !== String(own))
    const id = ids[Math.floor(chance() * ids.length)]
    if (id) await control.call('CLIENT', ['KILL', 'ID', id])
  }
  const acts: readonly (readonly [weight: number, act: () => Promise<unknown>])[] = [
    [4, () => cut(true)],
    [1, () => control.call('CLIENT', ['KILL', 'TYPE', 'pubsub'])],
    [1, () => cut(false)],
    [
      2,
      async () => {
        const from = now()
        server.pause()
        await sleep(20 + chance() * 400)
        server.resume()
        await control.ping()
        events.freezes.push({ from, to: now() })
      },
    ],
    [
      2,
      async () => {
        const from = now()
        await (chance() < 0.5 ? control.flushall() : control.flushdb('ASYNC'))
        events.flushes.push({ from, to: now() })
      },
    ],
    [
      1,
      async () => {
        // A write then evicts what may be evicted, and is refused where that is not enough.
        await control.config('SET', 'maxmemory', '1')
        await control.set('filler', 'text').catch(() => {})
        await control.config('SET', 'maxmemory', '0')
      },
    ],
    [2, () => Promise.all(volatile.filter(() => chance() < 0.3).map((name) => control.pexpire(name, 1)))],
  ]
  const deck = acts.flatMap(([weight, act]) => Array.from({ length: weight }, () => act))
  const end = now() + ms
  while (now() < end) {
    await sleep(10 + chance() ** 2 * 800)
    await deck[Math.floor(chance() * deck.length)]?.()
  }
  return events
}
