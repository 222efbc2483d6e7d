import { randomUUID } from 'node:crypto'
import {
  type Commands,
  commands,
  type Driver,
  type DriverCommands,
  derive,
  type Entries,
} from '@jcache/driver'
import { callerOf, type Started } from './caller.ts'
import { type DistributedOptions, type Settings, settingsOf } from './distributed-options.ts'
import { entriesOf } from './entries.ts'
import { KeyspaceData } from './keyspace-data.ts'
import { type Levels, waysOf } from './levels.ts'
import { Runtime } from './runtime.ts'
import { type NodeStatus, statusOf } from './status.ts'
import type { OpenTransport } from './transport.ts'

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

/** A node over the transport. Throws as `settingsOf`. */
export function nodeOver(open: OpenTransport, options: DistributedOptions): DistributedDriver {
  const settings = settingsOf(options)
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
    status: () => started.runtime && statusOf(started.runtime.node, started.runtime.trouble),
    close,
  }
}

function start(open: OpenTransport, settings: Settings): Started {
  const { coordinator, machine, maxEntries, maxBytes } = settings
  const tell = quietly(settings.onEvent)
  const started: { runtime: Runtime | undefined; starting: Promise<Runtime> } = {
    runtime: undefined,
    starting: Runtime.start({
      process: randomUUID(),
      data: new KeyspaceData({ maxEntries, maxBytes }),
      options: machine,
      coordinator,
      open,
      onNews: tell,
      onCoordinator: (error) => tell({ kind: 'coordinator', error }),
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

/** What an observer throws is its own affair. */
function quietly(onEvent: Settings['onEvent']): NonNullable<Settings['onEvent']> {
  return (event) => {
    try {
      onEvent?.(event)
    } catch {}
  }
}
