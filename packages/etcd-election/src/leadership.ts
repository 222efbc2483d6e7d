import { CacheError } from '@jcache/driver'
import type { Deposed } from './event.ts'
import { follow } from './follow.ts'
import { read } from './keys.ts'
import type { Lease } from './lease.ts'
import { pause } from './pause.ts'
import type { Servers } from './servers.ts'

/** One leadership, from election to its end. */
export interface Leadership {
  /** Greater than that of every leadership before: what is acted upon refuses a lower one than it has seen. */
  readonly token: number
  /** The key in etcd that stands for it, for transactions that compare its create revision with the token. */
  readonly key: string
  /** Aborted when the leadership ends, for whatever reason; it never comes back. */
  readonly signal: AbortSignal
  /**
   * Whether it certainly goes on at this moment: looked at anew, on clocks, so that a process that was paused finds out
   * before it acts. Ask before each act, keep no answer.
   */
  isValid(): boolean
  /** Ends it; the next one leads at once. Never rejects: while etcd is away, the lease runs out. */
  resign(): Promise<void>
}

/** The key of a candidate, on its lease. */
export interface Seat {
  readonly lease: Lease
  readonly key: string
  readonly created: string
}

/** The leadership of the seat that came first; it watches over itself. */
export function lead(servers: Servers, { lease, key, created }: Seat): Leadership {
  const { tell } = servers.settings
  const token = Number(created)
  const ended = new AbortController()
  const range = { key: Buffer.from(key) }

  function end(why: Deposed): void {
    if (ended.signal.aborted) return
    ended.abort(new CacheError('NO_LEADER', `the leadership ${token} has ended: ${why}`))
    unfollow()
    tell({ kind: 'deposed', token, why })
    // Who may lead next need not wait for the lease to run out.
    void lease.revoke()
  }

  async function guard(): Promise<void> {
    while (await pause(Math.max(1, lease.left()), [ended.signal, lease.gone])) {
      if (!lease.isValid()) end('lease')
    }
    if (lease.gone.aborted) end('lease')
  }

  const unfollow = follow(servers, {
    range,
    look: async () => (await read(servers, 'lead', range))[0]?.create_revision,
    same: () => false,
    tell: (found) => {
      if (found !== created) end(lease.gone.aborted ? 'lease' : 'key')
    },
  })
  void guard()
  tell({ kind: 'elected', token })

  return {
    token,
    key,
    signal: ended.signal,
    isValid: () => {
      if (!ended.signal.aborted && !lease.isValid()) end('lease')
      return !ended.signal.aborted
    },
    resign: async () => {
      end('resigned')
      await lease.revoke()
    },
  }
}
