import type { Screen } from '../demo/screen.ts'
import type { Cluster } from './cluster.ts'

/** What every step works with. */
export interface Stage {
  readonly screen: Screen
  readonly cluster: Cluster
  /** Where the nodes agree who leads; undefined for the process of the demo. */
  readonly meetingPlace: string | undefined
}
