import type { NodeStatus } from '@jcache/distributed'
import { count } from '../demo/numbers.ts'
import type { Screen } from '../demo/screen.ts'
import type { Cluster } from './cluster.ts'

export async function showStatus(screen: Screen, cluster: Cluster): Promise<void> {
  const all = await cluster.statuses()
  statusTable(
    screen,
    all.map(({ member, status }) => ({ name: member.name, pid: member.pid, status })),
  )
}

interface Row {
  readonly name: string
  readonly pid?: number
  readonly status: NodeStatus | undefined
}

/** Who leads, who is in sync, and how far each is. */
export function statusTable(screen: Screen, rows: readonly Row[]): void {
  const leader = rows.find(({ status }) => status?.role === 'leader')?.status
  screen.table(
    ['node', ' process', 'role', ' term', 'in sync', ' writes', ' behind', ' lag'],
    rows.map(({ name, pid, status }) => {
      if (!status) return [name, `${pid ?? ''}`, 'not there']
      const peer = leader?.peers.find(({ id }) => id === status.id)
      return [
        name,
        `${pid ?? process.pid}`,
        status.role,
        `${status.term}`,
        leader?.inSync.includes(status.id) ? 'yes' : 'no',
        count(status.offset),
        peer ? count(peer.behind) : '-',
        peer ? `${peer.lag} ms` : '-',
      ]
    }),
  )
}
