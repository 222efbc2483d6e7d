import {
  type AnyTable,
  type Command,
  commands,
  type Driver,
  derive,
  type Entries,
  type Entry,
  literalPattern,
  mapKeys,
  type Reply,
  type Scope,
} from '@jcache/driver'

type Handler = (...args: readonly unknown[]) => unknown

/** The commands that there are under a prefix: those without arguments speak of all keys, whosever they are. */
export type Prefixed<Methods> = {
  [Name in keyof Methods as Methods[Name] extends (...args: infer Parameters) => unknown
    ? Parameters extends readonly []
      ? never
      : Name
    : never]: Methods[Name]
}

/**
 * The driver with every key under a prefix, so that applications share a server without meeting. Left out are commands on
 * all keys there are (`dbsize randomkey flushall`; `entries.clear()` removes those under the prefix), and commands that are
 * not in the table, since nothing tells which of their arguments are keys.
 */
export function prefixed<Methods, Where extends Scope>(
  driver: Driver<Methods, Where>,
  prefix: string,
  table: object = commands,
): Driver<Prefixed<Methods>, Where> {
  const within = (key: string): string => prefix + key
  const { entries, invalidations } = driver
  const handlers = driver.commands as Readonly<Record<string, Handler>>
  const known = Object.fromEntries(
    Object.entries(table as AnyTable).filter(([name, { args }]) => name in handlers && args.length > 0),
  )

  return {
    ...driver,
    name: `${driver.name} ${prefix}`,
    commands: derive(known, (name, command) => {
      const bare = bareOf(command.reply, prefix.length)
      return (...args: readonly unknown[]) => {
        const reply = handlers[name]?.(...patternWithin(command, mapKeys(command, args, within), prefix))
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

/** A scan of keys answers those that its pattern fits: under the prefix, it fits these alone. */
function patternWithin({ args: facts, reply }: Command, args: readonly unknown[], prefix: string) {
  if (reply !== '[cursor, key[]]') return args
  const at = facts.findIndex((fact) => typeof fact === 'object')
  const options = args[at] as { readonly match?: string } | undefined
  return args.toSpliced(at, 1, { ...options, match: literalPattern(prefix) + (options?.match ?? '*') })
}

/** What takes the prefix from replies: pages of keys carry them after the cursor, others that carry a key carry it first. */
function bareOf(kind: Reply, length: number): (reply: unknown) => unknown {
  const bare = (key: unknown) => String(key).slice(length)
  if (!kind.includes('key')) return (reply) => reply
  return (reply) => {
    if (!Array.isArray(reply)) return reply
    const [first, ...rest]: unknown[] = reply
    const [keys] = rest
    return kind === '[cursor, key[]]' && Array.isArray(keys)
      ? [first, keys.map(bare)]
      : [bare(first), ...rest]
  }
}

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
