import type { Coordinator } from '../election/coordinator.ts'

/** What each case gets: a place of its own. */
export interface Place {
  connect(): Promise<Coordinator>
  readonly crash: ((coordinator: Coordinator) => void | Promise<void>) | undefined
  readonly deadline: number
}

/** One thing that holds for every coordinator. */
export interface CoordinatorCheck {
  readonly name: string
  readonly run: (place: Place) => Promise<void>
}
