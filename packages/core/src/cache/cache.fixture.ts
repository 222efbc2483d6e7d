import type { Commands } from '@jcache/driver'
import { memory } from '@jcache/memory'
import { type ClientOver, createClient } from '../client.ts'
import { type Faulty, faulty } from '../faulty.fixture.ts'
import type { ClientOptions } from '../options.ts'
import type { Cache } from './cache.ts'
import type { CacheEvent } from './cache-event.ts'
import type { CacheOptions } from './cache-options.ts'
import { createCache } from './create-cache.ts'

/** A cache over memory and a shared tier under control. */
export interface Stage {
  readonly cache: Cache
  readonly client: ClientOver<[Faulty<Commands>]>
  readonly truth: Faulty<Commands>
  readonly events: CacheEvent[]
  /** What was told of the key, shortly. */
  told(key: string): string[]
}

export function truthOf(): Faulty<Commands> {
  return faulty(memory(), { name: 'truth' })
}

function clientOver(truth: Faulty<Commands>, options: ClientOptions): ClientOver<[Faulty<Commands>]> {
  return createClient([memory({ name: 'near' }), truth], { nearTtl: '1d', ...options })
}

/** Another process on the same truth gives `truth`. */
export function stageOf(
  options: CacheOptions = {},
  truth: Faulty<Commands> = truthOf(),
  clientOptions: ClientOptions = {},
): Stage {
  const events: CacheEvent[] = []
  const client = clientOver(truth, clientOptions)
  const cache = createCache(client, { ttl: '5m', onEvent: (event) => events.push(event), ...options })
  return {
    cache,
    client,
    truth,
    events,
    told: (key) =>
      events.flatMap((event) =>
        'key' in event && event.key === key
          ? [
              event.kind === 'hit'
                ? `${event.stale ? 'stale ' : ''}hit ${event.tier}`
                : event.kind === 'error'
                  ? `error ${event.during}`
                  : event.kind,
            ]
          : [],
      ),
  }
}

/** A load that waits until it is told what to answer. */
export interface HeldCall<Value> {
  answer(value: Value): void
  fail(error: unknown): void
}

/** A loader whose calls wait. */
export function held<Value>(): { calls: HeldCall<Value>[]; load(): Promise<Value> } {
  const calls: HeldCall<Value>[] = []
  const load = () =>
    new Promise<Value>((resolve, reject) => {
      calls.push({ answer: resolve, fail: reject })
    })
  return { calls, load }
}

/** Waits for the condition, with a deadline. */
export async function eventually(condition: () => boolean, turns = 2_000): Promise<void> {
  for (let turn = 0; !condition(); turn++) {
    if (turn > turns) throw new Error('it did not come to be')
    await new Promise((resolve) => setImmediate(resolve))
  }
}
