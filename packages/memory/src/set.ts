import type { SetCommands } from '@jcache/driver'
import type { Group } from './group.ts'
import { update, view } from './held.ts'
import { Members } from './members.ts'
import { pick, picks } from './picks.ts'
import { scan } from './scan.ts'
import { difference, intersection, union } from './set-algebra.ts'

/** `sadd smembers sinter …`: sets. */
export const setGroup: Group<SetCommands> = {
  commands: (space) => {
    const membersOf = (key: string) => view(space, key, Members)
    const setsOf = (keys: readonly string[]) => keys.map(membersOf)
    const store = (destination: string, members: readonly string[]) => {
      if (members.length) space.put(destination, new Members(members))
      else space.delete(destination)
      return members.length
    }
    return {
      sadd: (key, ...members) =>
        update(space, key, Members, (set) => members.filter((member) => set.add(member)).length),

      srem: (key, ...members) =>
        update(space, key, Members, (set) => members.filter((member) => set.delete(member)).length),

      smembers: (key) => [...(membersOf(key)?.list ?? [])],

      sismember: (key, member) => membersOf(key)?.has(member) ?? false,

      smismember: (key, ...members) => {
        const set = membersOf(key)
        return members.map((member) => set?.has(member) ?? false)
      },

      scard: (key) => membersOf(key)?.size ?? 0,

      spop: (key, count) =>
        update(space, key, Members, (set) => {
          if (count === undefined) return set.size ? set.take(pick(set.size)) : null
          const members: string[] = []
          while (members.length < count && set.size) members.push(set.take(pick(set.size)))
          return members
        }),

      srandmember: (key, count) => {
        const list = membersOf(key)?.list ?? []
        if (count === undefined) return list[pick(list.length)] ?? null
        return picks(key, list.length, count).map((place) => list[place] ?? '')
      },

      smove: (source, destination, member) => {
        const set = membersOf(source)
        // As in Redis, without source nobody asks what the destination holds.
        if (!set) return false
        const target = membersOf(destination)
        if (set === target || !set.has(member)) return set.has(member)
        update(space, source, Members, () => set.delete(member))
        update(space, destination, Members, (set) => set.add(member))
        return true
      },

      sinter: (...keys) => intersection(setsOf(keys)),

      sunion: (...keys) => union(setsOf(keys)),

      sdiff: (...keys) => difference(setsOf(keys)),

      sinterstore: (destination, ...keys) => store(destination, intersection(setsOf(keys))),

      sunionstore: (destination, ...keys) => store(destination, union(setsOf(keys))),

      sdiffstore: (destination, ...keys) => store(destination, difference(setsOf(keys))),

      sscan: (key, cursor, options) => {
        const list = membersOf(key)?.list ?? []
        return scan(
          list.length,
          (place) => list[place],
          (member) => member,
          cursor,
          options,
        )
      },
    }
  },

  revive: { set: (members) => new Members(members) },
}
