import type { Answer } from '../effect.ts'
import type { Options } from '../options.ts'
import type { Acknowledgement, ReadLevel } from '../request.ts'
import type { Machine } from './machine.fixture.ts'
import type { Operation } from './operation.fixture.ts'
import { World } from './world.fixture.ts'

interface Wish {
  readonly ack?: Acknowledgement
  readonly read?: ReadLevel
  readonly deadline?: number
  readonly wait?: number
}

interface Cluster {
  readonly world: World
  /** Lets so many milliseconds pass. */
  run(ms: number): void
  call(machine: Machine, command: readonly unknown[], wish?: Wish): Operation
  readonly leader: Machine
  readonly follower: Machine
  readonly other: Machine
}

/** A quiet cluster that has found its leader. */
export function cluster(size: number, options: Partial<Options> = {}, isJudged = true): Cluster {
  const world = new World({ seed: 24, size, isJudged, options: { unclean: 'halt', ...options } })
  world.network.jitter = 0
  const run = (ms: number) => void world.agenda.runUntil(world.agenda.now + ms)
  const call = (machine: Machine, [name = '', ...args]: readonly unknown[], wish: Wish = {}): Operation => {
    const { ack = 'in-sync', read = { kind: 'local' }, deadline = 1_000, wait = 0 } = wish
    const command = { name: String(name), args }
    world.call(machine, { client: 0, command, ack, read, deadline, wait }, () => {})
    const operation = world.operations.at(-1)
    if (!operation) throw new Error('the call was not made')
    return operation
  }
  run(600)
  const leader = world.leader()
  if (!leader) throw new Error('nobody leads')
  const [follower = leader, other = leader] = world.machines.filter((machine) => machine !== leader)
  return { world, run, call, leader, follower, other }
}

/** What was answered, or how it failed. */
export const value = (answer: Answer | null): unknown =>
  answer?.kind === 'done' && answer.outcome.ok ? answer.outcome.value : answer

/** Cuts the machine off from all others. */
export function isolate({ network, machines }: World, { name }: Machine): void {
  for (const { name: other } of machines) {
    if (other === name) continue
    network.cut(name, other)
    network.cut(other, name)
  }
}
