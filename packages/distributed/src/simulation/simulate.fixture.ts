import type { Options } from '../options.ts'
import type { Rules } from '../rules.ts'
import { Client } from './client.fixture.ts'
import { Faults } from './faults.fixture.ts'
import type { Operation } from './operation.fixture.ts'
import { type Shape, shapeOf } from './shape.fixture.ts'
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
  /** What this life is made of, where the seed shall not say. */
  readonly may?: Partial<Shape['may']>
  readonly loss?: number
  /** Milliseconds of the world in which faults happen. */
  readonly duration?: number
  readonly onLine?: (line: string) => void
  /** False leaves it to others to find out what is wrong. */
  readonly isJudged?: boolean
}

/** One life of a cluster, from beginning to end. The same seed is the same life. */
export function simulate({
  seed,
  rules = {},
  options = {},
  may = {},
  loss,
  duration = 2_500,
  onLine,
  isJudged = true,
}: RunOptions): Run {
  const said = shapeOf(seed)
  const shape: Shape = { ...said, loss: loss ?? said.loss, may: { ...said.may, ...may } }
  const world = new World({
    seed,
    size: shape.size,
    options: { ...shape.options, ...options },
    rules,
    onLine,
    isJudged,
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
    events += world.agenda.runUntil(duration + 4_500)
    for (const machine of world.machines) world.call(machine, lastWish, () => {})
    events += world.agenda.runUntil(duration + 6_500)
    if (isJudged) judgeEnd(world)
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
  for (const { name, answer, history } of world.operations) {
    if (answer?.kind !== 'cancelled' && !(answer?.kind === 'failed' && answer.executed === 'no')) continue
    // What an unclean election forgot, or brought back, is another matter.
    const at = world.truths.get(history ?? '')?.ids.get(name)
    must(at === undefined, '14 not executed is never executed', () => `${name} is at ${at}`)
  }
  for (const { name, answer } of world.operations.slice(-machines.length))
    must(
      answer?.kind === 'done',
      '19 a cluster heals',
      () => `${name} was not answered after the faults had ended`,
    )
}

/** A write on every node, when all is well again. */
const lastWish: Parameters<World['call']>[1] = {
  client: 0,
  command: { name: 'set', args: ['r0', 'last'] },
  read: { kind: 'local' },
  ack: 'in-sync',
  deadline: 1_500,
  wait: 0,
}

/** The life again, written down: what a failing seed prints. */
export function replayed(
  seed: number,
  options: Omit<RunOptions, 'seed' | 'onLine'> = {},
): { transcript: string; run: Run } {
  const lines: string[] = []
  const run = simulate({ ...options, seed, onLine: (line) => lines.push(line) })
  const shown = lines.length > MOST_LINES ? ['…', ...lines.slice(-MOST_LINES)] : lines
  const verdict = run.violation ? `seed ${seed}: ${run.violation.message}` : `seed ${seed}: all is well`
  return { transcript: [verdict, ...shown, verdict].join('\n'), run }
}

/** The last lines of a transcript, those that matter. */
const MOST_LINES = 400
