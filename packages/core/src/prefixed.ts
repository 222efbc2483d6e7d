import {
  type AnyTable,
  commands,
  type Driver,
  derive,
  type Entries,
  type Entry,
  mapKeys,
  type Scope,
} from '@jcache/driver'

type Handler = (...args: readonly unknown[]) => unknown

/**
 * The driver with every key under a prefix, so that applications share a server without meeting. Commands that are not in
 * the table are left out, since nothing tells which of their arguments are keys.
 */
export function prefixed<Methods, Where extends Scope>(
  driver: Driver<Methods, Where>,
  prefix: string,
  table: object = commands,
): Driver<Methods, Where> {
  const within = (key: string): string => prefix + key
  const { entries, invalidations } = driver
  const handlers = driver.commands as Readonly<Record<string, Handler>>
  const known = Object.fromEntries(Object.entries(table as AnyTable).filter(([name]) => name in handlers))

  return {
    ...driver,
    name: `${driver.name} ${prefix}`,
    commands: derive(known, (name, command) => {
      const bare = command.reply.includes('key') ? withoutPrefix(prefix.length) : (reply: unknown) => reply
      return (...args: readonly unknown[]) => {
        const reply = handlers[name]?.(...mapKeys(command, args, within))
        return reply instanceof Promise ? reply.then(bare) : bare(reply)
      }
    }),
    ...(entries && { entries: prefixedEntries(entries, prefix) }),
    ...(invalidations && {
      invalidations: (listener) =>
        invalidations((told) => {
          if (told.kind !== 'keys') return listener(told)
          const keys = told.keys
            .filter((key) => key.startsWith(prefix))
            .map((key) => key.slice(prefix.length))
          if (keys.length) listener({ kind: 'keys', keys })
        }),
    }),
  }
}

/** Replies that carry a key carry it first. */
const withoutPrefix =
  (length: number) =>
  (reply: unknown): unknown =>
    Array.isArray(reply) ? [String(reply[0]).slice(length), ...reply.slice(1)] : reply

function prefixedEntries(entries: Entries, prefix: string): Entries {
  return {
    dump: (key, limit) => entries.dump(prefix + key, limit),
    load: (key, entry) => entries.load(prefix + key, entry),
    drop: (keys) => entries.drop(keys.map((key) => prefix + key)),
    clear: (within = '') => entries.clear(prefix + within),
    holds: (key) => entries.holds(prefix + key),
    ...(entries.age && { age: (key: string) => entries.age?.(prefix + key) ?? null }),
    async *scan(within = ''): AsyncGenerator<readonly [string, Entry]> {
      for await (const [key, entry] of entries.scan(prefix + within)) yield [key.slice(prefix.length), entry]
    },
  }
}
