import type { Commands } from '@jcache/driver'
import { memory } from '@jcache/memory'
import { type Client, createClient } from './client.ts'
import { type Faulty, faulty } from './faulty.fixture.ts'
import type { ClientOptions } from './options.ts'

type Memory = ReturnType<typeof memory>

export interface Streaming {
  readonly clock: { time: number }
  readonly near: Memory
  readonly truth: Faulty<Commands>
  readonly client: Client
  /** Which of the keys `a` and `b` have near copies. */
  held(): string[]
}

/** A client over memory and a truth that tells of changes, on one clock; truth holds `a` and `b`. */
export function streaming(options: ClientOptions = {}): Streaming {
  const clock = { time: 1_000_000 }
  const now = () => clock.time
  const near = memory({ now })
  const truth = faulty<Commands>(memory({ now }), { stream: true })
  const client = createClient([near, truth], { now, ...options })
  const held = () => ['a', 'b'].filter((key) => near.entries.holds(key))
  truth.behind.commands.mset([
    ['a', '1'],
    ['b', '2'],
  ])
  return { clock, near, truth, client, held }
}
