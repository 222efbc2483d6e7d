import { CacheError, callable, type Duration, duration, optionsOf, whole } from '@jcache/driver'
import type { Coordinator } from '@jcache/driver/election'
import { type ByteSize, bytesOf } from '@jcache/memory'
import { type Levels, levels, type Ways } from './levels.ts'
import type { NodeEvent } from './node-event.ts'
import type { Options } from './options.ts'

/** Options of `distributed`. */
export interface DistributedOptions extends Levels {
  /** Where nodes find each other and agree who leads: `etcdCoordinator()`, `localCoordinator()`, or one of your own. */
  readonly coordinator: Coordinator
  /** Names the tier in events and errors. Default `'distributed'`. */
  readonly name?: string
  /**
   * Names the node, also when it is started again: lower-case letters, digits and hyphens. With TLS its certificate is issued to
   * `<node>.<cluster>.jcache`. Default: another name with each start.
   */
  readonly node?: string
  /** The most keys; beyond, those least used are evicted. Default 1,000,000. */
  readonly maxEntries?: number
  /** The most heap that keys take, as estimated from lengths. Default `'256mb'`. */
  readonly maxBytes?: ByteSize
  /** How long a call may take; blocking commands have their own timeout besides. Default `'1s'`. */
  readonly commandTimeout?: Duration
  /** How long a write waits for a leader before it fails with `NO_LEADER`. Default `'2s'`, within `commandTimeout`. */
  readonly leaderWait?: Duration
  /** Members in sync, the leader included, below which writes acknowledged `in-sync` are refused. Default 1. */
  readonly minInSync?: number
  /** How often the leader says that it is there. Default `'250ms'`. */
  readonly heartbeat?: Duration
  /** How long who heard the leader does not take over: the longest stall that costs no change of leader. Default `'1s'`. */
  readonly promise?: Duration
  /** Who lags behind for longer leaves the in-sync set; less than `promise`. Default `'700ms'`. */
  readonly lag?: Duration
  /** What is kept of the log for members that were away: more than is written while one connects again. Default `'64mb'`. */
  readonly ring?: ByteSize
  /** How much may be on its way to one member. Default `'8mb'`. */
  readonly window?: ByteSize
  /** The largest message between nodes, the same on all of them; a command may take three quarters of it. Default `'256mb'`. */
  readonly maxMessage?: ByteSize
  /** How much may wait for its commit; beyond, writes are refused. Default `'32mb'`. */
  readonly uncommitted?: ByteSize
  /** Calls that may be open; beyond, they are refused with `UNAVAILABLE`. Default 100,000. */
  readonly maxPending?: number
  /**
   * When no member in sync is left: `flush` begins anew with nothing, `stale` goes on from the longest log that is left,
   * `halt` waits. Default `'flush'`: a cache may forget, it must never lie.
   */
  readonly unclean?: Options['unclean']
  /** How long they must be gone before that. Default `'10s'`. */
  readonly uncleanAfter?: Duration
  /** Called with what happens on this node. */
  readonly onEvent?: (event: NodeEvent) => void
}

/** The options with every value there and checked. */
export interface Settings extends Ways {
  readonly name: string
  readonly node: string | undefined
  readonly coordinator: Coordinator
  readonly maxEntries: number
  readonly maxBytes: number
  readonly machine: Options
  readonly onEvent: ((event: NodeEvent) => void) | undefined
}

/** What a coordinator is asked for. */
const calls = ['join', 'members', 'get', 'swap', 'subscribe', 'close'] as const

/** @throws CacheError `INVALID_ARGUMENT` for an option that is missing, unknown, not of its kind or at odds with another. */
export function settingsOf(options: DistributedOptions): Settings {
  const size = [
    "a size of at least one byte, as 1048576 or '64mb'",
    (given: unknown) => whole(bytesOf(given), 1),
  ] as const
  const count = ['a whole number above zero', (given: unknown) => whole(given, 1)] as const
  const given = optionsOf(
    'distributed',
    {
      coordinator: [
        'a coordinator, as localCoordinator()',
        (coordinator) => (calls.every((name) => callable(coordinator?.[name])) ? coordinator : undefined),
      ],
      name: ['a text', (name) => (typeof name === 'string' && name) || undefined],
      node: [
        "a name of lower-case letters, digits and hyphens, as 'shop-1'",
        (node) => (/^[a-z0-9-]{1,63}$/.test(node) ? node : undefined),
      ],
      ...levels,
      maxEntries: count,
      maxBytes: size,
      commandTimeout: duration,
      leaderWait: duration,
      minInSync: count,
      heartbeat: duration,
      promise: duration,
      lag: duration,
      ring: size,
      window: size,
      maxMessage: size,
      uncommitted: size,
      maxPending: count,
      unclean: [
        "'flush', 'stale' or 'halt'",
        (unclean) => (['flush', 'stale', 'halt'].includes(unclean) ? unclean : undefined),
      ],
      uncleanAfter: duration,
      onEvent: ['a function', callable],
    },
    options,
  )
  const {
    coordinator = refuse('a coordinator, as localCoordinator()'),
    promise = 1_000,
    heartbeat = 250,
    lag = 700,
    window = 8 << 20,
    maxMessage = Math.max(256 << 20, 4 * window),
  } = given
  if (lag >= promise) refuse(`a lag below the promise of ${promise} ms, found ${lag} ms`)
  if (3 * heartbeat > promise)
    refuse(`a heartbeat of a third of the promise of ${promise} ms at most, found ${heartbeat} ms`)
  // What goes out at once is counted by characters.
  if (4 * window > maxMessage)
    refuse(`a maxMessage of four windows, ${4 * window} bytes, at least, found ${maxMessage}`)
  return {
    name: given.name ?? 'distributed',
    node: given.node,
    coordinator,
    maxEntries: given.maxEntries ?? 1_000_000,
    maxBytes: given.maxBytes ?? 2 ** 28,
    commandTimeout: given.commandTimeout ?? 1_000,
    read: given.read ?? { kind: 'local' },
    acknowledge: given.acknowledge ?? 'in-sync',
    onEvent: given.onEvent,
    machine: {
      // A hand-over and whatever else waits for its moment is looked at so often.
      tick: Math.min(20, Math.ceil(heartbeat / 4)),
      heartbeat,
      promise,
      lag,
      retry: Math.min(100, Math.ceil(promise / 4)),
      ring: given.ring ?? 64 << 20,
      window,
      slice: 64 << 10,
      message: maxMessage,
      uncommitted: given.uncommitted ?? 32 << 20,
      minInSync: given.minInSync ?? 1,
      calls: given.maxPending ?? 100_000,
      leaderWait: given.leaderWait ?? 2_000,
      memory: Math.max(600_000, 2 * (given.commandTimeout ?? 1_000)),
      unclean: given.unclean ?? 'flush',
      uncleanAfter: given.uncleanAfter ?? 10_000,
    },
  }
}

function refuse(wanted: string): never {
  throw new CacheError('INVALID_ARGUMENT', `distributed wants ${wanted}`)
}
