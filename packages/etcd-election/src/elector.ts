import { CacheError, quietly } from '@jcache/driver'
import { campaign } from './campaign.ts'
import { follow } from './follow.ts'
import { candidatesOf, oldestOf, read, under } from './keys.ts'
import type { Leadership } from './leadership.ts'
import { type EtcdOptions, settingsOf } from './options.ts'
import { Servers } from './servers.ts'

/** Options of `elector`. */
export interface ElectorOptions extends EtcdOptions {
  /** What others read of this one when it leads, such as its address. */
  readonly value: string
}

/** Who leads. */
export interface Leader {
  readonly value: string
  /** Greater with each new leadership, that of the same one again too. */
  readonly token: number
}

/** One who may lead. */
export interface Elector {
  /**
   * Stands for election, and resolves when this one leads, however long that takes; while etcd is away it goes on trying.
   *
   * @throws CacheError `ABORTED` by the signal, `CLOSED` by `close`, `UNAVAILABLE` where etcd refuses the user,
   * `INVALID_ARGUMENT` while this one stands or leads already.
   */
  campaign(options?: { readonly signal?: AbortSignal }): Promise<Leadership>
  /** Who leads now, null if nobody does; a linearizable read. @throws CacheError `UNAVAILABLE` `TIMEOUT` `CLOSED` */
  leader(): Promise<Leader | null>
  /**
   * Calls the listener with who leads, first with who does now and then with every other leadership that is seen, until
   * the function it answers is called. Leaderships that ended before anyone looked are not told. While etcd is away the
   * last one stands. What the listener throws is ignored.
   */
  observe(listener: (leader: Leader | null) => void): () => void
  /** Resigns, withdraws and ends everything; may be called again. */
  close(): Promise<void>
}

/**
 * Leader election on etcd. Those with the same prefix stand for the same office; who came first, leads. Keys are those of
 * etcd's own election with the name `<prefix>/election`, so programs in Go may stand too.
 *
 * Leadership by lease is a strong hint, no lock: a paused process may not know yet that it leads no longer. Ask
 * `isValid()` before each act, and have whoever is acted upon refuse a token lower than one it has seen.
 *
 * @throws CacheError `INVALID_ARGUMENT` for an option that is not known or not of its kind.
 */
export function elector(options: ElectorOptions): Elector {
  const { value, ...others } = Object(options) as ElectorOptions
  const servers = new Servers(settingsOf(others, 'elector'))
  if (typeof value !== 'string') throw new CacheError('INVALID_ARGUMENT', 'elector wants a text for value')
  const range = under(candidatesOf(servers.settings))
  let standing: Promise<unknown> | undefined
  let leading: Leadership | undefined
  let closing: Promise<void> | undefined
  const observing = new Set<() => void>()
  const withdrawing = new AbortController()

  function open(call: string): void {
    if (closing) throw new CacheError('CLOSED', `the elector was closed before ${call}`)
  }

  async function leader(): Promise<Leader | null> {
    const [found] = await read(servers, 'leader', oldestOf(range))
    return found ? { value: found.value.toString(), token: Number(found.create_revision) } : null
  }

  async function close(): Promise<void> {
    withdrawing.abort()
    for (const stop of observing) stop()
    await standing
    await leading?.resign()
    servers.close()
  }

  return {
    campaign: async ({ signal } = {}) => {
      open('campaign')
      if (standing || leading?.signal.aborted === false)
        throw new CacheError('INVALID_ARGUMENT', 'campaign: this elector stands or leads already')
      const ending = AbortSignal.any([withdrawing.signal, ...(signal ? [signal] : [])])
      const running = campaign(servers, value, ending)
      standing = running.catch(() => {})
      try {
        leading = await running
        return leading
      } catch (error) {
        open('it led')
        throw error
      } finally {
        standing = undefined
      }
    },
    leader: async () => {
      open('leader')
      return leader()
    },
    observe: (listener) => {
      open('observe')
      const same = (found: Leader | null, told: Leader | null) => found?.token === told?.token
      const stop = follow(servers, { range, look: leader, same, tell: quietly(listener) })
      observing.add(stop)
      return () => {
        observing.delete(stop)
        stop()
      }
    },
    close: () => {
      closing ??= close()
      return closing
    },
  }
}
