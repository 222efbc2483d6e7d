import { CacheError } from '../errors.ts'
import { checkMember } from './check-member.ts'
import type { Coordinator, Member } from './coordinator.ts'
import { stateText } from './state-text.ts'

/** What coordinators of one process share: the members and the record. Made by `localPlace`. */
export interface LocalPlace {
  /** Takes a member off the list, as when its process has died and its lease has run out; for tests. */
  lapse(id: string): void
}

interface Held {
  readonly members: Map<string, Member>
  readonly listeners: Set<() => void>
  record: { readonly text: string; readonly revision: number } | null
}

class Place implements LocalPlace {
  readonly held: Held = { members: new Map(), listeners: new Set(), record: null }

  lapse(id: string): void {
    if (this.held.members.delete(id)) this.tell()
  }

  /** Tells all, each in a turn of its own, so that nobody is called within a call of his. */
  tell(): void {
    const { listeners } = this.held
    for (const listener of listeners) {
      queueMicrotask(() => {
        if (listeners.has(listener)) listener()
      })
    }
  }
}

/** A place where the coordinators of one process meet: hand it to `localCoordinator`, once for each node. */
export function localPlace(): LocalPlace {
  return new Place()
}

/**
 * A coordinator within one process, for tests, examples and development: nothing is kept, nothing leaves the process.
 * Nodes meet if they are given the same place.
 *
 * @throws CacheError `INVALID_ARGUMENT` for a place that `localPlace` did not make.
 */
export function localCoordinator<State = unknown>(place: LocalPlace = new Place()): Coordinator<State> {
  if (!(place instanceof Place))
    throw new CacheError('INVALID_ARGUMENT', 'localCoordinator wants a place made by localPlace()')
  const { held } = place
  const own = new Set<() => void>()
  const joined = new Map<string, Member>()
  let closed = false

  function open(call: string): void {
    if (closed) throw new CacheError('CLOSED', `the local coordinator was closed before ${call}`)
  }
  function leave(member: Member): void {
    if (joined.get(member.id) === member) joined.delete(member.id)
    // It may have been announced anew meanwhile.
    if (held.members.get(member.id) === member) place.lapse(member.id)
  }

  return {
    join: async (announced) => {
      open('join')
      const member = checkMember(announced)
      held.members.set(member.id, member)
      joined.set(member.id, member)
      place.tell()
      return async () => leave(member)
    },
    members: async () => {
      open('members')
      return [...held.members.values()]
    },
    get: async () => {
      open('get')
      return (
        held.record && {
          state: JSON.parse(held.record.text) as State,
          revision: String(held.record.revision),
        }
      )
    },
    swap: async (revision, next) => {
      open('swap')
      const text = stateText(next)
      const found = held.record?.revision ?? 0
      if (revision !== (found ? String(found) : null)) return false
      held.record = { text, revision: found + 1 }
      place.tell()
      return true
    },
    subscribe: (listener) => {
      open('subscribe')
      // A function of its own: the same listener may subscribe twice.
      const call = (): void => listener()
      own.add(call)
      held.listeners.add(call)
      return () => {
        own.delete(call)
        held.listeners.delete(call)
      }
    },
    close: async () => {
      closed = true
      for (const call of own) held.listeners.delete(call)
      for (const member of [...joined.values()]) leave(member)
    },
  }
}
