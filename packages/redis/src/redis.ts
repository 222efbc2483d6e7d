import {
  type Argument,
  type Command,
  type Commands,
  codeOf,
  commands,
  type Driver,
  type DriverCommands,
  derive,
  keysOf,
} from '@jcache/driver'
import { type Blocking, blockingOn } from './blocking.ts'
import { confined } from './confined.ts'
import { connect } from './connect.ts'
import { type Connection, READING } from './connection.ts'
import { isCounter, type Undo, undoOf } from './counter.ts'
import { decoderOf } from './decode.ts'
import { encoderOf } from './encode.ts'
import { entriesOf } from './entries.ts'
import { everyServer } from './every-server.ts'
import { type InvalidationStream, invalidationStream } from './invalidation-stream.ts'
import { keyspaceEvents } from './keyspace-events.ts'
import { type RedisDriverOptions, type Settings, settingsOf } from './options.ts'
import type { RedisConnection } from './redis-connection.ts'
import { spread } from './spread.ts'
import { tracking } from './tracking.ts'

/**
 * A tier on a Redis or Valkey server, on the one that sentinels name, or on a cluster. It connects at once, and again
 * whenever a connection is lost; meanwhile calls that need it fail with `UNAVAILABLE`. No call waits longer than `commandTimeout`, blocking ones no longer than that beyond their own.
 *
 * @throws CacheError `INVALID_ARGUMENT` for a connection or an option that cannot be read.
 */
export function redis(
  connection: RedisConnection,
  options: RedisDriverOptions = {},
): Driver<Commands, 'shared'> {
  const settings = settingsOf(options)
  const shared = connect(connection, settings)
  const blocking = blockingOn(shared)
  const undo = undoOf(shared)
  const stream = streamOf(shared, settings)
  shared.changing = stream?.changing
  let closing: Promise<void> | undefined
  const driver: Driver<Commands, 'shared'> = {
    name: settings.name,
    scope: 'shared',
    commands: derive<DriverCommands<Commands>>(commands, (name, command) =>
      handler(shared, blocking, undo, name, command),
    ),
    entries: entriesOf(shared),
    ...(stream && { invalidations: stream.subscribe }),
    close: () => {
      closing ??= shared.close(async () => {
        await Promise.all([blocking.close(), stream?.close()])
      })
      return closing
    },
  }
  return settings.prefixes.length > 0 ? confined(driver, settings.prefixes) : driver
}

/** What tells of changes, undefined where that is not wanted. */
function streamOf({ primaries, db, theirs }: Connection, settings: Settings): InvalidationStream | undefined {
  const { invalidations, prefixes, heartbeat, commandTimeout } = settings
  if (invalidations === 'none') return undefined
  const telling = () =>
    invalidations === 'tracking' ? tracking(prefixes, theirs) : keyspaceEvents(prefixes, db)
  return invalidationStream(primaries, telling, { heartbeat, patience: commandTimeout })
}

function handler(connection: Connection, blocking: Blocking, undo: Undo, name: string, command: Command) {
  const one =
    command.mode === 'block' ? blockingCall(blocking, name, command) : call(connection, undo, name, command)
  if (!connection.spread) return one
  return command.args.some(isOfKeys) ? spread(name, command, one) : everyServer(connection, name, command)
}

function isOfKeys(fact: Argument): boolean {
  return typeof fact === 'string' && /^(\.\.\.)?key/.test(fact)
}

function call(connection: Connection, undo: Undo, name: string, command: Command) {
  const { word, encode } = encoderOf(name, command)
  const decode = decoderOf(name, command)
  const counts = isCounter(word)
  const reads = command.mode === 'read'
  return (...args: readonly unknown[]) => {
    const words = encode(args)
    const take = (reply: unknown) => {
      try {
        return decode(reply, args)
      } catch (error) {
        if (counts && codeOf(error) === 'OUT_OF_RANGE') return undo(name, word, words)
        throw error
      }
    }
    const aim = reads ? READING : { changes: keysOf(command, args) }
    return connection.send(name, words[0], word, words, take, aim)
  }
}

function blockingCall(blocking: Blocking, name: string, command: Command) {
  const { word, encode } = encoderOf(name, command)
  const decode = decoderOf(name, command)
  const timeoutAt = command.args.indexOf('timeout')
  const optionsAt = command.args.findIndex((fact) => typeof fact !== 'string')
  return async (...args: readonly unknown[]) => {
    const options = args[optionsAt] as { readonly signal?: AbortSignal } | undefined
    const found = await blocking.run({
      name,
      word,
      keys: keysOf(command, args),
      words: encode(args),
      timeout: Number(args[timeoutAt]),
      signal: options?.signal,
    })
    return decode(found, args)
  }
}
