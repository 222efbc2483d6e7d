import type { SetCommands } from '@jcache/driver'
import type { Group } from './group.ts'
import { Members } from './members.ts'

/** `sadd smembers sinter …`: sets. */
export const setGroup: Group<SetCommands> = {
  commands: (space) => {
    const membersOf = (key: string) => space.view(key, Members)
    return {
      sadd: (key, ...members) =>
        space.update(key, Members, (set) => members.filter((member) => set.add(member)).length),

      srem: (key, ...members) =>
        space.update(key, Members, (set) => members.filter((member) => set.delete(member)).length),

      smembers: (key) => [...(membersOf(key)?.list ?? [])],

      sismember: (key, member) => membersOf(key)?.has(member) ?? false,

      smismember: (key, ...members) => {
        const set = membersOf(key)
        return members.map((member) => set?.has(member) ?? false)
      },

      scard: (key) => membersOf(key)?.size ?? 0,
    }
  },

  revive: { set: (members) => new Members(members) },
}
