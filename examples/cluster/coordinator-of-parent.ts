import type { Authority } from '@jcache/distributed'
import {
  type Coordinator,
  type Guarded,
  type LocalPlace,
  localCoordinator,
  type Member,
} from '@jcache/driver/election'
import type { Call } from '../../scripts/servers/talk.ts'

/** What the process that started a node offers it: the embedded coordinator, which several processes share so. */
export type Coordination = {
  join(member: Member): Promise<void>
  leave(id: string): Promise<void>
  members(): Promise<readonly Member[]>
  get(): Promise<Guarded<Authority> | null>
  swap(revision: string | null, next: Authority): Promise<boolean>
}

/** One node's coordinator, to be called from its process; `told` is called when it should look again. */
export function coordinationOf(
  place: LocalPlace,
  told: () => void,
): { offers: Coordination; end(): Promise<void> } {
  const coordinator = localCoordinator<Authority>(place)
  const leaving = new Map<string, () => Promise<void>>()
  coordinator.subscribe(told)
  return {
    offers: {
      join: async (member: Member): Promise<void> =>
        void leaving.set(member.id, await coordinator.join(member)),
      leave: async (id) => leaving.get(id)?.(),
      members: () => coordinator.members(),
      get: () => coordinator.get(),
      swap: (revision, next) => coordinator.swap(revision, next),
    },
    /** The process is dead. With a real coordinator its lease would run out. */
    end: () => coordinator.close(),
  }
}

/** The coordinator of the process that started this one. */
export function coordinatorOfParent(call: Call<Coordination>): Coordinator<Authority> & { told(): void } {
  const listeners = new Set<() => void>()
  return {
    join: async (member) => {
      await call('join', member)
      return () => call('leave', member.id)
    },
    members: () => call('members'),
    get: () => call('get'),
    swap: (revision, next) => call('swap', revision, next),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    told: () => {
      for (const listener of listeners) listener()
    },
    close: async () => {},
  }
}
