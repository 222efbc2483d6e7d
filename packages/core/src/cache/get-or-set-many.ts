import type { ReadyCall } from './cache-options.ts'
import { type Flights, NOTHING } from './flights.ts'
import type { LoadContext, ManyContext } from './load.ts'
import { type Loaded, pairsOf } from './loaded.ts'
import type { Reach } from './reach.ts'
import type { Slot } from './slots.ts'

type ManyLoader = (
  missing: readonly string[],
  context: ManyContext,
) => Loaded<string, unknown> | Promise<Loaded<string, unknown>>

/**
 * The values of the keys, each by a flight of its own, so that calls with other keys join in and are joined. The loader is
 * called once, when every flight that is ours either waits for it or is known not to need it.
 */
export async function getOrSetMany(
  near: ReadonlyMap<string, Slot | undefined>,
  loader: ManyLoader,
  call: ReadyCall,
  flights: Flights,
  reach: Reach,
): Promise<Map<string, Slot>> {
  const missing: string[] = []
  const signals: AbortSignal[] = []
  const undecided = new Set(near.keys())
  const shared = new AbortController()
  const context: ManyContext = { signal: shared.signal, ttl: undefined, tags: [] }
  let start = () => {}
  const batch = new Promise<void>((resolve) => {
    start = resolve
  }).then(async () => new Map<string, unknown>(pairsOf(await loader(missing, context))))
  // Each flight that waits for it tells its callers.
  batch.catch(() => {})

  const decide = (key: string) => {
    if (undecided.delete(key) && undecided.size === 0 && missing.length) start()
  }
  const flying = [...near].map(([key, slot]) => {
    const one = async (own: LoadContext) => {
      missing.push(key)
      signals.push(own.signal)
      // The loader may stop when nobody waits for any of the keys.
      own.signal.addEventListener('abort', () => {
        if (signals.every(({ aborted }) => aborted)) shared.abort(own.signal.reason)
      })
      decide(key)
      const values = await batch
      own.ttl = context.ttl
      own.tags = context.tags
      return values.has(key) ? values.get(key) : NOTHING
    }
    // A lease would let the batch wait for the slowest of its keys.
    const flight = flights.join(key, one, { ...call, lease: undefined }, 'old')
    const over = () => decide(key)
    if (flight.loader === one) flight.done.then(over, over)
    else over()
    return reach.settle(key, flight, call, slot).then((found) => [key, found] as const)
  })
  const found = new Map<string, Slot>()
  for (const [key, slot] of await Promise.all(flying)) if (slot) found.set(key, slot)
  return found
}
