import type { Redis } from 'ioredis'
import { Node } from './node.ts'
import type { Settings } from './options.ts'
import { pause } from './pause.ts'
import { primaryOf } from './primaries.ts'
import type { Route } from './route.ts'
import { end, secretsOf } from './watch.ts'

/** Between two looks whether sentinels have named another server, in ms. */
const PAUSE = 25

/** One server, or the one that sentinels name. */
export function oneServer(client: Redis, settings: Settings, theirs: boolean): Route {
  const node = new Node(client, settings, theirs)
  const owners = [node] as const
  const { sentinels } = client.options

  /** Has sentinels asked again. Calls that wait for an answer on the old connection were refused as well. */
  const leave = () => {
    if (!theirs && node.ready) client.disconnect(true)
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
      if (!sentinels || !(error instanceof Error) || !/^(READONLY|UNBLOCKED)/.test(error.message))
        return undefined
      leave()
      return again(from)
    },
    missed: () => {},
    lastError: () => undefined,
    close: async () => {
      if (!theirs) await end(client)
    },
  }
}
