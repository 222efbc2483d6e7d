import { setTimeout as sleep } from 'node:timers/promises'
import type { Field, Place } from './field.ts'
import { type Events, now } from './history.ts'
import { isVolatile, type Key } from './keys.ts'

/** Lets befall the servers what may befall some, for so many milliseconds; all is well in the end. Answers what that was. */
export async function chaos(
  { places, networks, move }: Field,
  keys: readonly Key[],
  chance: () => number,
  ms: number,
): Promise<Events> {
  const events = { flushes: [] as Events['flushes'][number][], freezes: [] as Events['freezes'][number][] }
  const volatile = keys.map(({ name }) => name).filter(isVolatile)

  /** Cuts a connection: one on which the server tells, or one for calls. */
  const cut = async ({ control }: Place, listening: boolean) => {
    const lines = String(await control.call('CLIENT', ['LIST'])).split('\n')
    const own = await control.client('ID')
    const ids = lines
      .filter((line) => /\bsub=[1-9]/.test(line) === listening)
      .map((line) => /\bid=(\d+)/.exec(line)?.[1] ?? '')
      .filter((id) => id !== '' && id !== String(own))
    const id = ids[Math.floor(chance() * ids.length)]
    if (id) await control.call('CLIENT', ['KILL', 'ID', id])
  }
  const acts: readonly (readonly [weight: number, act: (place: Place) => Promise<unknown>])[] = [
    [4, (place) => cut(place, true)],
    [1, ({ control }) => control.call('CLIENT', ['KILL', 'TYPE', 'pubsub'])],
    [1, (place) => cut(place, false)],
    [
      2,
      async ({ server, control }) => {
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
        const all = chance() < 0.5
        for (const { control } of places) await (all ? control.flushall() : control.flushdb('ASYNC'))
        events.flushes.push({ from, to: now() })
      },
    ],
    [
      1,
      async ({ control }) => {
        // A write then evicts what may be evicted, and is refused where that is not enough.
        await control.config('SET', 'maxmemory', '1')
        await control.set('filler', 'text').catch(() => {})
        await control.config('SET', 'maxmemory', '0')
      },
    ],
    [
      2,
      ({ control }) =>
        Promise.all(
          volatile
            .filter(() => chance() < 0.3)
            // Keys of other servers are refused.
            .map((name) => control.pexpire(name, 1).catch(() => {})),
        ),
    ],
    [
      networks.length ? 4 : 0,
      async () => {
        // One reader is parted from the server, and nobody tells it.
        const network = networks[Math.floor(chance() * networks.length)]
        const from = now()
        network?.freeze()
        await sleep(50 + chance() * 900)
        network?.thaw()
        events.freezes.push({ from, to: now() })
      },
    ],
    [
      networks.length ? 2 : 0,
      async () => networks[Math.floor(chance() * networks.length)]?.delay(chance() < 0.5 ? 0 : chance() * 30),
    ],
    [
      move ? 4 : 0,
      async (place) => {
        for (let times = 0; times < 3; times++)
          await move?.(keys[Math.floor(chance() ** 2 * keys.length)]?.name ?? '', place)
      },
    ],
  ]
  const deck = acts.flatMap(([weight, act]) => Array.from({ length: weight }, () => act))
  const end = now() + ms
  while (now() < end) {
    await sleep(10 + chance() ** 2 * 800)
    const place = places[Math.floor(chance() * places.length)]
    if (place) await deck[Math.floor(chance() * deck.length)]?.(place)
  }
  for (const network of networks) network.delay(0)
  return events
}
