import { expect, test } from 'vitest'
import { World } from './simulation/world.fixture.ts'
import { step } from './step.ts'

/** Three nodes that are in sync, the leader first. */
function cluster() {
  const world = new World({ seed: 24, size: 3, options: { unclean: 'halt' } })
  const run = (ms: number) => void world.agenda.runUntil(world.agenda.now + ms)
  run(600)
  const leader = world.leader()
  const [first, second] = world.machines.filter((machine) => machine !== leader)
  if (!leader || !first || !second) throw new Error('nobody leads')
  return { world, run, leader, first, second }
}

test('D10: of a leader that is dead for certain, the record is swapped as it is known', () => {
  const { leader, first } = cluster()
  const effects = step(first.node, { kind: 'dead', id: leader.node.id }, first.node.now)
  expect(effects.map(({ kind }) => kind)).toEqual(['tell', 'swap'])
})

test('D10: where the record is another by then, the swap fails, and the member looks', () => {
  const { world, run, leader, first } = cluster()
  const { record } = world.coordinator
  if (!record) throw new Error('there is no record')
  // Nobody is told.
  world.coordinator.record = { revision: 'newer', state: record.state }
  world.crash(leader)
  first.tell({ kind: 'dead', id: leader.node.id })
  run(20)
  expect(world.leader()).toBeUndefined()
  run(500)
  expect(world.leader()).toBe(first)
})

test('D10: who comes second in a take-over leaves the first in peace', () => {
  const { world, run, leader, first, second } = cluster()
  world.crash(leader)
  for (const machine of [first, second]) machine.tell({ kind: 'dead', id: leader.node.id })
  run(1_000)
  expect(world.news.get('taking-over')).toBeGreaterThanOrEqual(3)
  expect([...world.leaders.keys()]).toEqual([1, 2])
})
