import type { ServerCommands } from '@jcache/driver'
import type { Group } from './group.ts'
import type { Keyspace } from './keyspace.ts'
import { pick } from './picks.ts'

/** So many slots are tried by chance before the next that is taken will do. */
const TRIES = 100

/** `dbsize randomkey flushall`: all keys at once. */
export const serverGroup: Group<ServerCommands> = {
  commands: (space) => ({
    // The slots are as many at least, and asked for them a closed keyspace says so.
    dbsize: () => Math.min(space.size, space.slots),

    randomkey: () => {
      let slot = 0
      for (let tries = 0; tries < TRIES; tries++) {
        slot = pick(space.slots)
        const key = keyIn(space, slot)
        if (key !== undefined) return key
      }
      for (let end = slot + space.slots; slot < end; slot++) {
        const key = keyIn(space, slot % space.slots)
        if (key !== undefined) return key
      }
      return null
    },

    flushall: () => space.clear(),
  }),
}

/** The key in the slot, unless it has expired. */
function keyIn(space: Keyspace, slot: number): string | undefined {
  const key = space.keyAt(slot)
  return key !== undefined && space.has(key) ? key : undefined
}
