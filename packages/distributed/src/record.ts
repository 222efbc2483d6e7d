/** The guarded record: who leads, in which term, and which members are in sync. Changed by compare-and-swap only. */
export interface Authority {
  /** Names a line of data: another history means that acknowledged writes may have been lost. */
  readonly history: string
  /** Grows with every leader. */
  readonly term: number
  readonly leader: string
  /** Who may lead next, the leader included: every one of them holds all that was committed. */
  readonly inSync: readonly string[]
}

/** The very first record. */
export function founded(id: string): Authority {
  return { history: `1:${id}`, term: 1, leader: id, inSync: [id] }
}

/** The record under the next leader, without the one before it, which may hold what was never committed. */
export function takenOver(before: Authority, id: string): Authority {
  const process = processOf(id)
  const inSync = before.inSync.filter((member) => member !== before.leader && processOf(member) !== process)
  return { ...before, term: before.term + 1, leader: id, inSync: [...inSync, id] }
}

/** The record under the same leader, where the coordinator has lost it: in a term that nobody else may have begun. */
export function restored(history: string, term: number, id: string, inSync: readonly string[]): Authority {
  return { history, term: term + 1, leader: id, inSync }
}

/** The record of a new history, where no in-sync member is left. */
export function begunAnew(before: number, id: string): Authority {
  const term = before + 1
  return { history: `${term}:${id}`, term, leader: id, inSync: [id] }
}

/** The member's id in one of the lives of the process. A life ends where the data has to be thrown away. */
export function lifeOf(process: string, life: number): string {
  return `${process}~${life}`
}

/** The process that a member is a life of. */
export function processOf(id: string): string {
  return id.slice(0, id.lastIndexOf('~'))
}

/** How many lives the process has had before this one. */
export function livesOf(id: string): number {
  return Number(id.slice(id.lastIndexOf('~') + 1))
}
