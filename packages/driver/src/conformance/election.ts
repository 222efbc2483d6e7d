import type { Coordinator } from '../election/coordinator.ts'
import type { Conformance } from './conformance.ts'
import { endingChecks } from './election-ending.ts'
import { hintChecks } from './election-hints.ts'
import { memberChecks } from './election-members.ts'
import { recordChecks } from './election-record.ts'

export interface CoordinatorConformanceOptions {
  /**
   * Makes an empty place, such as a prefix that nobody used before, and answers what connects one more coordinator to
   * it. Called by each case; the case closes what it connected.
   */
  readonly create: () => Connect | Promise<Connect>
  /**
   * Ends a coordinator as the death of its process would: nothing is taken back, its leases run out. Without it, the
   * case of a crash is not among the cases.
   */
  readonly crash?: (coordinator: Coordinator) => void | Promise<void>
  /** How long, in milliseconds, hints and the end of a crashed member are waited for. Default 10000. */
  readonly deadline?: number
}

/** Connects one more coordinator to a place. */
export type Connect = () => Coordinator | Promise<Coordinator>

/** The conformance kit for coordinators: what everything that `distributed` may stand on has to do. Cases run in any order. */
export function coordinatorConformance(options: CoordinatorConformanceOptions): readonly Conformance[] {
  const { create, crash, deadline = 10_000 } = options
  return [...recordChecks(), ...memberChecks(crash !== undefined), ...hintChecks(), ...endingChecks()].map(
    ({ name, run }) => ({
      name,
      run: async () => {
        const connectHere = await create()
        const connected: Coordinator[] = []
        const connect = async () => {
          const coordinator = await connectHere()
          connected.push(coordinator)
          return coordinator
        }
        try {
          await run({ connect, crash, deadline })
        } finally {
          for (const coordinator of connected) await coordinator.close()
        }
      },
    }),
  )
}
