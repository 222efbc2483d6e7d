import { afterAll, expect, test } from 'vitest'
import { nodes } from './nodes.fixture.ts'
import { fast } from './options.ts'
import { World } from './simulation/world.fixture.ts'

const { add, close } = nodes()
afterAll(close)

test('D8: a local read is answered within its call, on the leader and on a follower', async () => {
  const leader = await add()
  const follower = await add()
  await follower.commands.rpush('list', 'a', 'b')
  await leader.commands.set('text', 'a')
  expect(leader.commands.get('text')).toBe('a')
  expect(follower.commands.lrange('list', 0, -1)).toEqual(['a', 'b'])
  expect(() => follower.commands.get('list')).toThrow(expect.objectContaining({ code: 'WRONG_TYPE' }))
  // Whoever changes an answer changes nothing else.
  const answer = follower.commands.lrange('list', 0, -1)
  if (!(answer instanceof Promise)) answer.push('c')
  expect(follower.commands.llen('list')).toBe(2)
  await follower.close()
  expect(() => follower.commands.get('text')).toThrow(expect.objectContaining({ code: 'CLOSED' }))
})

test('D8: what is not committed, and what has ended by the time of the leader, is not shown', () => {
  const world = new World({ seed: 24, size: 2, options: { ...fast(), lag: 5_000, unclean: 'halt' } })
  const run = (ms: number) => void world.agenda.runUntil(world.agenda.now + ms)
  run(600)
  const leader = world.leader()
  const follower = world.machines.find((machine) => machine !== leader)
  if (!leader || !follower) throw new Error('nobody leads')
  const set = (...args: readonly unknown[]) =>
    world.call(
      leader,
      {
        client: 0,
        command: { name: 'set', args },
        read: { kind: 'local' },
        ack: 'in-sync',
        deadline: 9_000,
        wait: 0,
      },
      () => {},
    )
  const look = (machine: typeof leader) => {
    const seen = machine.look({ name: 'get', args: ['t'] })
    return seen?.kind === 'done' && seen.outcome.ok ? seen.outcome.value : seen
  }
  set('t', 'old', { ttl: 500 })
  run(100)
  expect([look(leader), look(follower)]).toEqual(['old', 'old'])
  world.network.cut(leader.name, follower.name)
  set('t', 'new', { ttl: 500 })
  run(1)
  // What the leader would show is not committed: it has to wait, as a call.
  expect([look(leader), look(follower)]).toEqual([undefined, 'old'])
  world.network.heal()
  run(200)
  expect([look(leader), look(follower)]).toEqual(['new', 'new'])
  run(600)
  expect([look(leader), look(follower)]).toEqual([null, null])
})
