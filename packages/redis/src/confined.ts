import {
  CacheError,
  type Commands,
  commands,
  type Driver,
  type DriverCommands,
  derive,
  keysOf,
} from '@jcache/driver'

type Handler = (...args: readonly unknown[]) => unknown

/**
 * The driver without the keys outside of these prefixes, whose changes are not told: a near copy of one would stay for
 * ever. Calls on such a key fail with `INVALID_ARGUMENT`.
 */
export function confined(
  driver: Driver<Commands, 'shared'>,
  prefixes: readonly string[],
): Driver<Commands, 'shared'> {
  const { entries } = driver
  const check = (name: string, keys: readonly string[]) => {
    const key = keys.find((each) => !prefixes.some((prefix) => each.startsWith(prefix)))
    if (key === undefined) return
    const given = prefixes.map((prefix) => JSON.stringify(prefix)).join(', ')
    throw new CacheError(
      'INVALID_ARGUMENT',
      `${name} ${JSON.stringify(key)}: wants a key with a prefix of ${given}`,
    )
  }
  return {
    ...driver,
    commands: derive<DriverCommands<Commands>>(commands, (name, command) => {
      const handler = driver.commands[name as keyof Commands] as Handler
      return async (...args: readonly unknown[]) => {
        check(name, keysOf(command, args))
        return handler(...args)
      }
    }),
    ...(entries && {
      entries: {
        ...entries,
        dump: async (key, limit) => {
          check('dump', [key])
          return entries.dump(key, limit)
        },
        load: async (key, entry) => {
          check('load', [key])
          return entries.load(key, entry)
        },
        drop: async (keys) => {
          check('drop', keys)
          return entries.drop(keys)
        },
      },
    }),
  }
}
