import { type DistributedDriver, distributed } from '@jcache/distributed'
import { localCoordinator, localPlace } from '@jcache/driver/election'
import { etcdCoordinator } from '@jcache/etcd-election'
import type { Screen } from '../demo/screen.ts'
import { prompt } from './prompt.ts'

/** A prompt on three nodes of this process, of which each may be closed and started anew. */
export async function prompts(screen: Screen, etcd: readonly string[] | undefined): Promise<void> {
  const place = localPlace()
  const start = (): DistributedDriver =>
    distributed({
      coordinator: etcd ? etcdCoordinator({ hosts: etcd, prefix: '/example' }) : localCoordinator(place),
      cluster: 'example',
    })
  screen.title('JCache: type a command, on any of three nodes')
  screen.say(
    'Every node holds everything. One leads and orders all writes; the others follow, and answer reads themselves. Try:',
  )
  screen.code('set hello world', 'node 2', 'get hello', 'status', 'stop 1', 'status', 'start 1')
  await prompt(screen, new Map(['1', '2', '3'].map((name) => [name, start()])), start)
}
