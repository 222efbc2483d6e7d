import type { Commands } from '../commands/index.ts'
import type { Subject } from './subject.ts'

/** What a key holds, told by its form: a text, a list, a set, a hash (texts), a sorted set (scores). */
export type Content =
  | string
  | readonly string[]
  | ReadonlySet<string>
  | Readonly<Record<string, string>>
  | Readonly<Record<string, number>>

export type ContentType = 'string' | 'list' | 'set' | 'hash' | 'zset'

export function typeOf(content: Content): ContentType {
  if (typeof content === 'string') return 'string'
  if (Array.isArray(content)) return 'list'
  if (isSet(content)) return 'set'
  return isScores(content) ? 'zset' : 'hash'
}

/** Gives the key this content; the key must not exist. */
export async function put(c: Commands, key: string, content: Content): Promise<void> {
  if (typeof content === 'string') await c.set(key, content)
  else if (isList(content)) await c.rpush(key, ...content)
  else if (isSet(content)) await c.sadd(key, ...content)
  else if (isScores(content)) await c.zadd(key, content)
  else await c.hset(key, content)
}

/** The content of a key that holds this type. */
export async function read(c: Commands, key: string, type: ContentType): Promise<unknown> {
  switch (type) {
    case 'string':
      return c.get(key)
    case 'list':
      return c.lrange(key, 0, -1)
    case 'set':
      return new Set(await c.smembers(key))
    case 'hash':
      return c.hgetall(key)
    case 'zset':
      return Object.fromEntries(await c.zrange(key, 0, -1, { withScores: true }))
  }
}

/** One content of each type that the subject can write and read again. */
export function contentsOf(subject: Subject): readonly Content[] {
  const needs = {
    string: ['set', 'get'],
    list: ['rpush', 'lrange'],
    set: ['sadd', 'smembers'],
    hash: ['hset', 'hgetall'],
    zset: ['zadd', 'zrange'],
  }
  const contents: readonly Content[] = [
    'text',
    ['one', 'two'],
    new Set(['member', 'other']),
    { field: 'text' },
    { member: 1 },
  ]
  return contents.filter((content) => needs[typeOf(content)].every(subject.offers))
}

function isList(content: Content): content is readonly string[] {
  return Array.isArray(content)
}

function isSet(content: Content): content is ReadonlySet<string> {
  return content instanceof Set
}

function isScores(content: Content): content is Readonly<Record<string, number>> {
  return typeof Object.values(content)[0] === 'number'
}
