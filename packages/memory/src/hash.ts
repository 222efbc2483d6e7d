import type { HashCommands } from '@jcache/driver'
import { byteLength } from './byte-length.ts'
import type { Collection } from './collection.ts'
import type { Group } from './group.ts'
import { addIntegers } from './integer.ts'
import { sizeOf } from './size-of.ts'

/** What a field costs beside its texts: its place in the map. */
const FIELD_BYTES = 48

/** Fields with texts, in the order they were added. */
class Hash implements Collection {
  readonly type = 'hash'
  chars = 0
  bytes = 128
  revision = 0
  readonly #fields = new Map<string, string>()

  constructor(pairs: Iterable<readonly [string, string]> = []) {
    for (const [field, value] of pairs) this.set(field, value)
  }

  get size(): number {
    return this.#fields.size
  }

  get fields(): ReadonlyMap<string, string> {
    return this.#fields
  }

  set(field: string, value: string): void {
    this.#count(field, this.#fields.get(field), -1)
    this.#count(field, value, 1)
    this.#fields.set(field, value)
  }

  delete(field: string): boolean {
    this.#count(field, this.#fields.get(field), -1)
    return this.#fields.delete(field)
  }

  dump(): [string, string][] {
    return [...this.#fields]
  }

  #count(field: string, value: string | undefined, change: 1 | -1): void {
    if (value === undefined) return
    this.chars += change * (field.length + value.length)
    this.bytes += change * (FIELD_BYTES + sizeOf(field) + sizeOf(value))
    this.revision++
  }
}

/** `hset hget hgetall …`: hashes. */
export const hashGroup: Group<HashCommands> = {
  commands: (space) => {
    const fieldsOf = (key: string) => space.view(key, Hash)?.fields
    return {
      hset: (key, fields) =>
        space.update(key, Hash, (hash) => {
          const before = hash.size
          for (const [field, value] of fields) hash.set(field, value)
          return hash.size - before
        }),

      hsetnx: (key, field, value) =>
        space.update(key, Hash, (hash) => {
          const isNew = !hash.fields.has(field)
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
        for (const [field, value] of fieldsOf(key) ?? []) record[field] = value
        return record
      },

      hkeys: (key) => [...(fieldsOf(key)?.keys() ?? [])],

      hvals: (key) => [...(fieldsOf(key)?.values() ?? [])],

      hlen: (key) => fieldsOf(key)?.size ?? 0,

      hexists: (key, field) => fieldsOf(key)?.has(field) ?? false,

      hstrlen: (key, field) => byteLength(fieldsOf(key)?.get(field) ?? ''),

      hdel: (key, ...names) =>
        space.update(key, Hash, (hash) => {
          let removed = 0
          for (const field of names) if (hash.delete(field)) removed++
          return removed
        }),

      hincrby: (key, field, increment) =>
        space.update(key, Hash, (hash) => {
          const sum = addIntegers(hash.fields.get(field), increment, key, field)
          hash.set(field, String(sum))
          return sum
        }),
    }
  },

  revive: { hash: (pairs) => new Hash(pairs) },
}
