import { randomUUID } from 'node:crypto'
import {
  type Commands,
  commands,
  type Driver,
  type DriverCommands,
  derive,
  type Entries,
  quietly,
} from '@jcache/driver'
import { callerOf, type Started } from './caller.ts'
import { type DistributedOptions, type Settings, settingsOf } from './distributed-options.ts'
import { entriesOf } from './entries.ts'
import { grpcTransport } from './grpc/transport.ts'
import { KeyspaceData } from './keyspace-data.ts'
import { type Levels, waysOf } from './levels.ts'
import { type NetworkOptions, networkOf } from './network-options.ts'
import { Runtime } from './runtime.ts'
import { type NodeStatus, statusOf } from './status.ts'
import type { OpenTransport } from './transport.ts'
import { roomOf } from './weight.ts'

/** A tier as its calls are made. */
export interface View extends Driver<Commands, 'shared'> {
  readonly commands: DriverCommands<Commands>
  readonly entries: Entries
}

/** One node of a replicated memory, as a tier: every node holds everything, and any command may be called on any. */
export interface DistributedDriver extends View {
  /**
   * The same tier, whose calls are made in another way. Each `session` is one of its own.
   *
   * @throws CacheError `INVALID_ARGUMENT` for levels that there are not.
   */
  with(levels: Levels): View
  /** Comes back when the node listens; rejects where it cannot. */
  listening(): Promise<void>
  /** How the node stands now; undefined until it listens. */
  status(): NodeStatus | undefined
  /** Hands over what it leads, answers what is open, and leaves: nothing that was acknowledged is lost. */
  close(): Promise<void>
}

/**
 * One node of a replicated memory. It begins to listen at once; calls that come before it has found the others wait, within
 * their deadlines.
 *
 * @throws CacheError `INVALID_ARGUMENT` for an option that is missing, unknown, not of its kind or at odds with another, and
 * for listening beyond this machine without `tls` or `insecure`.
 */
export function distributed(options: DistributedOptions & NetworkOptions): DistributedDriver {
  const { listen, advertise, cluster, tls, token, insecure, direct, ...rest } = options
  const settings = settingsOf(rest)
  const network = networkOf({ listen, advertise, cluster, tls, token, insecure, direct }, settings.machine)
  return running(grpcTransport(network), settings)
}

/** A node over any transport, as `localNetwork().open`. @throws CacheError `INVALID_ARGUMENT` for wrong options. */
export function nodeOver(open: OpenTransport, options: DistributedOptions): DistributedDriver {
  return running(open, settingsOf(options))
}

function running(open: OpenTransport, settings: Settings): DistributedDriver {
  const started = start(open, settings)
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= started.starting.then(
      (runtime) => runtime.close(),
      () => settings.coordinator.close(),
    )
    return closing
  }
  const view = (levels: Levels): View => {
    const caller = callerOf(started, waysOf(levels, settings))
    const calls = derive<DriverCommands<Commands>>(commands, caller)
    return { name: settings.name, scope: 'shared', commands: calls, entries: entriesOf(caller, calls), close }
  }
  return {
    ...view({}),
    with: view,
    listening: async () => void (await started.starting),
    status: () => started.runtime && statusOf(started.runtime),
    close,
  }
}

function start(open: OpenTransport, settings: Settings): Started {
  const { coordinator, machine, maxEntries, maxBytes, node } = settings
  const tell = quietly(settings.onEvent)
  const started: { runtime: Runtime | undefined; starting: Promise<Runtime> } = {
    runtime: undefined,
    starting: Runtime.start({
      // What follows the name is another with each start: a node that was restarted is another member.
      process: node === undefined ? randomUUID() : `${node}.${randomUUID()}`,
      data: new KeyspaceData({ maxEntries, maxBytes, maxEffect: roomOf(machine) }),
      options: machine,
      coordinator,
      open,
      onNews: tell,
      onCoordinator: (error) => tell({ kind: 'coordinator', error }),
      onFault: (error) => tell({ kind: 'fault', error }),
    }),
  }
  started.starting.then(
    (runtime) => {
      started.runtime = runtime
      tell({ kind: 'listening', address: runtime.address })
    },
    (error: unknown) => tell({ kind: 'not-listening', error }),
  )
  return started
}
