import { CacheError, quietly } from '@jcache/driver'
import type { Member } from '@jcache/driver/election'
import { follow } from './follow.ts'
import { Members } from './members.ts'
import { type EtcdOptions, settingsOf } from './options.ts'
import { Servers } from './servers.ts'

/** Who is there. */
export interface Discovery {
  /**
   * Announces a member until the function it answers is called, `close` is, or the lease runs out with the process; again
   * by itself when etcd has lost it. @throws CacheError `INVALID_ARGUMENT` `UNAVAILABLE` `TIMEOUT` `CLOSED`
   */
  register(member: Member): Promise<() => Promise<void>>
  /** The members that are there now; a linearizable read. @throws CacheError `UNAVAILABLE` `TIMEOUT` `CLOSED` */
  members(): Promise<readonly Member[]>
  /**
   * Calls the listener with the members, first with those that are there and then whenever they are others, until the
   * function it answers is called. While etcd is away the last ones stand. What the listener throws is ignored.
   */
  watch(listener: (members: readonly Member[]) => void): () => void
  /** Takes what was registered here off the list and ends everything; may be called again. */
  close(): Promise<void>
}

/**
 * Members of a service that find each other through etcd, under `<prefix>/members/`, those of an `etcdCoordinator` of the
 * same prefix too.
 *
 * @throws CacheError `INVALID_ARGUMENT` for an option that is not known or not of its kind.
 */
export function discovery(options: EtcdOptions): Discovery {
  const servers = new Servers(settingsOf(options, 'discovery'))
  const members = new Members(servers)
  const watching = new Set<() => void>()
  let closing: Promise<void> | undefined

  function open(call: string): void {
    if (closing) throw new CacheError('CLOSED', `discovery was closed before ${call}`)
  }

  return {
    register: async (member) => {
      open('register')
      return members.join(member)
    },
    members: async () => {
      open('members')
      return members.list()
    },
    watch: (listener) => {
      open('watch')
      const look = () => members.list()
      const stop = follow(servers, { range: members.range, look, same, tell: quietly(listener) })
      watching.add(stop)
      return () => {
        watching.delete(stop)
        stop()
      }
    },
    close: () => {
      closing ??= (async () => {
        for (const stop of watching) stop()
        await members.leaveAll()
        servers.close()
      })()
      return closing
    },
  }
}

function same(found: readonly Member[], told: readonly Member[]): boolean {
  return (
    found.length === told.length &&
    found.every(({ id, address }, at) => id === told[at]?.id && address === told[at]?.address)
  )
}
