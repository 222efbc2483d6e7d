import { CacheError, quietly } from '@jcache/driver'
import type { Coordinator } from '@jcache/driver/election'
import { under } from './keys.ts'
import { Members } from './members.ts'
import { type EtcdOptions, settingsOf } from './options.ts'
import { GuardedRecord } from './record.ts'
import { Servers } from './servers.ts'
import { watch } from './watch.ts'

/**
 * The coordinator of `distributed` on etcd: who has the same prefix belongs together. It connects when first used, never
 * stops trying, and its calls end by `timeout`. Keys: `<prefix>/members/<id>`, on leases, and `<prefix>/record`.
 *
 * @throws CacheError `INVALID_ARGUMENT` for an option that is not known or not of its kind.
 */
export function etcdCoordinator<State = unknown>(options: EtcdOptions): Coordinator<State> {
  const servers = new Servers(settingsOf(options, 'etcdCoordinator'))
  const members = new Members(servers)
  const record = new GuardedRecord<State>(servers)
  let closing: Promise<void> | undefined
  let watching: { readonly listeners: Set<() => void>; readonly stop: () => void } | undefined

  function open(call: string): void {
    if (closing) throw new CacheError('CLOSED', `the etcd coordinator was closed before ${call}`)
  }

  return {
    join: async (member) => {
      open('join')
      return members.join(member)
    },
    members: async () => {
      open('members')
      return members.list()
    },
    get: async () => {
      open('get')
      return record.get()
    },
    swap: async (revision, next) => {
      open('swap')
      return record.swap(revision, next)
    },
    subscribe: (listener) => {
      open('subscribe')
      // A function of its own: the same listener may subscribe twice.
      const call = quietly(listener)
      if (!watching) {
        const listeners = new Set<() => void>()
        const wake = (): void => {
          for (const each of [...listeners]) if (listeners.has(each)) each()
        }
        watching = { listeners, stop: watch(servers, under(`${servers.settings.prefix}/`), wake) }
      }
      const { listeners, stop } = watching
      listeners.add(call)
      return () => {
        if (!listeners.delete(call) || listeners.size > 0) return
        stop()
        watching = undefined
      }
    },
    close: () => {
      closing ??= (async () => {
        watching?.stop()
        watching?.listeners.clear()
        await members.leaveAll()
        servers.close()
      })()
      return closing
    },
  }
}
