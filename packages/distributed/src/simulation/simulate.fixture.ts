import type { Options } from '../options.ts'
import type { Rules } from '../rules.ts'
import { Client } from './client.fixture.ts'
import { Faults } from './faults.fixture.ts'
import type { Operation } from './operation.fixture.ts'
import { shapeOf } from './shape.fixture.ts'
import { must, Violation } from './violation.fixture.ts'
import { World } from './world.fixture.ts'

export interface Run {
  readonly seed: number
  readonly violation: Violation | null
  readonly operations: readonly Operation[]
  readonly events: number
  readonly world: World
}

export interface RunOptions {
  readonly seed: number
  readonly rules?: Partial<Rules>
  readonly options?: Partial<Options>
  /** Milliseconds of the world in which faults happen. */
  readonly duration?: number
  readonly onLine?: (line: string) => void
}

/** One life of a cluster, from beginning to end. The same seed is the same life. */
export function simulate({ seed, rules = {}, options = {}, duration = 2_500, onLine }: RunOptions): Run {
  const shape = shapeOf(seed)
  const world = new World({
    seed,
    size: shape.size,
    options: { ...shape.options, ...options },
    rules,
    onLine,
  })
  const faults = new Faults(world, shape)
  const clients = Array.from(
    { length: shape.clients },
    (_, number) => new Client(world, number, world.random),
  )
  let events = 0
  const run = (violation: Violation | null): Run => ({
    seed,
    violation,
    operations: world.operations,
    events,
    world,
  })
  try {
    for (const client of clients) client.start()
    faults.start()
    events += world.agenda.runUntil(duration)
    faults.end()
    events += world.agenda.runUntil(duration + 1_500)
    for (const client of clients) client.stop()
    events += world.agenda.runUntil(duration + 6_500)
    judgeEnd(world)
    return run(null)
  } catch (error) {
    if (error instanceof Violation) return run(error)
    throw error
  }
}

/** When all is well again, all nodes hold the truth, and every call has ended. */
function judgeEnd(world: World): void {
  const { truth, machines, openCalls } = world
  must(openCalls.length === 0, '14 every call ends', () => openCalls.map(({ name }) => name).join(' '))
  must(truth !== null, '19 a cluster heals', () => 'nobody ever led')
  if (!truth) return
  for (const { node } of machines) {
    must(
      node.history === truth.history && node.applied === truth.last,
      '19 a cluster heals',
      () =>
        `${node.id} is at ${node.applied} of ${node.history}, the truth at ${truth.last} of ${truth.history}`,
    )
    const keys = ['r0', 'r1', 'r2', 'c0', 'c1', 'l0', 'l1', 't']
    const found = keys.map((key) => {
      const command = key.startsWith('l')
        ? { name: 'lrange', args: [key, 0, -1] }
        : { name: 'get', args: [key] }
      const outcome = node.data.read(command, node.time)
      return [key, outcome.ok ? outcome.value : outcome.code]
    })
    const wanted = truth.contents(keys, node.time)
    must(
      JSON.stringify(found) === JSON.stringify(wanted),
      '10 same state at the end',
      () => `${node.id} holds ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`,
    )
  }
  for (const { name, answer } of world.operations) {
    if (answer?.kind !== 'cancelled' && !(answer?.kind === 'failed' && answer.executed === 'no')) continue
    for (const { ids } of world.truths.values())
      must(!ids.has(name), '14 not executed is never executed', () => `${name} is at ${ids.get(name)}`)
  }
  const served = world.operations.filter(
    ({ began, answer }) => began > world.agenda.now - 6_000 && answer?.kind === 'done',
  )
  must(served.length > 0, '19 a cluster heals', () => 'nothing was answered after the faults had ended')
}
