import { CacheError, type HashCommands, show } from '@jcache/driver'
import { byteLength } from './byte-length.ts'
import { Fields } from './fields.ts'
import type { Group } from './group.ts'
import { update, view } from './held.ts'
import { addIntegers } from './integer.ts'
import { addFloats } from './long-double.ts'
import { pick, picks } from './picks.ts'
import { scan } from './scan.ts'

/** `hset hget hgetall …`: hashes. */
export const hashGroup: Group<HashCommands> = {
  commands: (space) => {
    const fieldsOf = (key: string) => view(space, key, Fields)
    return {
      hset: (key, fields) =>
        update(space, key, Fields, (hash) => {
          const before = hash.size
          for (const [field, value] of fields) hash.set(field, value)
          return hash.size - before
        }),

      hsetnx: (key, field, value) =>
        update(space, key, Fields, (hash) => {
          const isNew = !hash.has(field)
          if (isNew) hash.set(field, value)
          return isNew
        }),

      hget: (key, field) => fieldsOf(key)?.get(field) ?? null,

      hmget: (key, ...names) => {
        const fields = fieldsOf(key)
        return names.map((field) => fields?.get(field) ?? null)
      },

      hgetall: (key) => {
        // Without a prototype, a field named `__proto__` is a field.
        const record: Record<string, string> = Object.create(null)
        const fields = fieldsOf(key)
        fields?.names.forEach((field, place) => {
          record[field] = fields.values[place] ?? ''
        })
        return record
      },

      hkeys: (key) => [...(fieldsOf(key)?.names ?? [])],

      hvals: (key) => [...(fieldsOf(key)?.values ?? [])],

      hlen: (key) => fieldsOf(key)?.size ?? 0,

      hexists: (key, field) => fieldsOf(key)?.has(field) ?? false,

      hstrlen: (key, field) => byteLength(fieldsOf(key)?.get(field) ?? ''),

      hdel: (key, ...names) =>
        update(space, key, Fields, (hash) => {
          let removed = 0
          for (const field of names) if (hash.delete(field)) removed++
          return removed
        }),

      hrandfield: (key, count, options) => {
        const hash = fieldsOf(key) ?? new Fields()
        if (count === undefined) return hash.names[pick(hash.size)] ?? null
        const pairs = picks(key, hash.size, count).map((place) => hash.at(place))
        return options?.withValues ? pairs : pairs.map(([field]) => field)
      },

      hscan: (key, cursor, options) => {
        const hash = fieldsOf(key) ?? new Fields()
        return scan(
          hash.size,
          (place) => hash.at(place),
          ([field]) => field,
          cursor,
          options,
        )
      },

      hincrby: (key, field, increment) =>
        update(space, key, Fields, (hash) => {
          const sum = addIntegers(hash.get(field), increment, key, field)
          hash.set(field, String(sum))
          return sum
        }),

      hincrbyfloat: (key, field, increment) => {
        // As in Redis, whatever the key holds.
        if (!Number.isFinite(increment))
          throw new CacheError('OUT_OF_RANGE', `hincrbyfloat ${show(key)} cannot add ${increment}`)
        return update(space, key, Fields, (hash) => {
          const sum = addFloats(hash.get(field), increment, key, field)
          hash.set(field, sum)
          return Number(sum)
        })
      },
    }
  },

  revive: { hash: (pairs) => new Fields(pairs) },
}
