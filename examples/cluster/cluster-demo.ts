import { startEtcd } from '../../scripts/servers/etcd.ts'
import { Screen } from '../demo/screen.ts'
import { Cluster } from './cluster.ts'
import { narrative } from './narrative.ts'
import { prompts } from './prompts.ts'

export interface ClusterOptions {
  /** Nodes meet at a real etcd, else at this process. */
  readonly etcd: boolean
  /** A prompt on three nodes. */
  readonly repl: boolean
}

/** `npm run demo -- --cluster`: three nodes of replicated memory. */
export async function clusterDemo({ etcd: wantsEtcd, repl }: ClusterOptions): Promise<void> {
  const screen = new Screen()
  const etcd = wantsEtcd ? await startEtcd({ fetch: true }) : undefined
  try {
    if (repl) await prompts(screen, etcd?.urls)
    else {
      const cluster = new Cluster(etcd?.urls)
      try {
        await narrative({ screen, cluster, meetingPlace: etcd ? `an etcd at ${etcd.urls}` : undefined })
      } finally {
        await cluster.close()
      }
    }
  } finally {
    await etcd?.stop()
  }
}
