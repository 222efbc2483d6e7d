import type { Stage } from './stage.ts'
import { showStatus } from './status-table.ts'
import { writing } from './steps/1-write.ts'
import { killing } from './steps/2-kill.ts'
import { leaving } from './steps/3-leave.ts'

/** What replicated memory is for, in three steps, each with what it measured. */
export async function narrative(stage: Stage): Promise<void> {
  const { screen, cluster, meetingPlace } = stage
  screen.title('JCache: memory that several processes share, without Redis')
  screen.say(
    `Three nodes, each a process of its own on this machine, connected by gRPC. Every node holds everything. One leads and orders all writes; the others follow, and answer reads themselves. Who leads stands in one record, kept by ${meetingPlace ?? 'the process of this demo, in place of an etcd (see --etcd)'}.`,
  )
  screen.code(
    "import { createClient } from '@jcache/core'",
    "import { distributed } from '@jcache/distributed'",
    ...(meetingPlace
      ? [
          "import { etcdCoordinator } from '@jcache/etcd-election'",
          '',
          "const hosts = ['127.0.0.1:2379']",
          "const coordinator = etcdCoordinator({ hosts, prefix: '/shop' })",
        ]
      : [
          "import { localCoordinator } from '@jcache/driver/election'",
          '',
          'const coordinator = localCoordinator(place)',
        ]),
    'const client = createClient([distributed({ coordinator })])',
  )
  for (const name of ['1', '2', '3']) await cluster.add(name)
  await cluster.untilInSync(3)
  await showStatus(screen, cluster)
  for (const step of [writing, killing, leaving]) await step(stage)

  screen.title('Where to go next')
  screen.list([
    ['npm run demo -- --cluster --repl', 'a prompt on three nodes: type commands on any'],
    ['npm run demo -- --cluster --etcd', 'the same with a real etcd'],
    ['docs/distributed.md', 'what is promised, and what happens in each failure'],
    ['examples/cluster/', 'the code of what you just saw'],
  ])
}
