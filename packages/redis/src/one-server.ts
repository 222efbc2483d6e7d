import { isIP } from 'node:net'
import type { Redis } from 'ioredis'
import { Node } from './node.ts'
import type { Settings } from './options.ts'
import { pause } from './pause.ts'
import { primaryOf } from './primaries.ts'
import type { Route } from './route.ts'
import { end, secretsOf } from './watch.ts'

/** Between two looks whether sentinels have named another server, in ms. */
const PAUSE = 25

/** Between two looks whether a name leads elsewhere than to a replica, in ms. */
const NAMED = 5_000

/** One server, or the one that sentinels name. */
export function oneServer(client: Redis, settings: Settings, theirs: boolean): Route {
  const node = new Node(client, settings, theirs)
  const owners = [node] as const
  const { host = '', path, sentinels } = client.options
  /** A name may lead elsewhere after a failover, but one that does not is not asked all the time. */
  const named = !path && isIP(host) === 0
  let left = -NAMED

  /** Has sentinels, or the name, asked again; answers whether that may lead elsewhere. */
  const leave = () => {
    const now = performance.now()
    if (theirs || !(sentinels || (named && now - left > NAMED))) return Boolean(sentinels)
    left = now
    if (node.ready) client.disconnect(true)
    return true
  }

  const again = async (from: Node) => {
    const end = performance.now() + settings.commandTimeout
    do await pause(PAUSE)
    while (!from.ready && performance.now() < end)
    return { node: from, asking: false }
  }

  return {
    spread: false,
    primaries: primaryOf(node),
    db: client.options.db ?? 0,
    secrets: secretsOf(client),
    get starting() {
      return node.starting
    },
    nodeOf: () => node,
    owners: () => owners,
    follow: (error, from) => {
      // A replica since the failover: it has not carried out the call.
      if (!(error instanceof Error) || !/^(READONLY|UNBLOCKED)/.test(error.message)) return undefined
      return leave() ? again(from) : undefined
    },
    missed: () => {},
    lastError: () => undefined,
    close: async () => {
      if (!theirs) await end(client)
    },
  }
}
