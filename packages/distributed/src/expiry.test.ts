import { afterAll, expect, test } from 'vitest'
import { nodes, until } from './nodes.fixture.ts'
import { World } from './simulation/world.fixture.ts'

const { add, close } = nodes()
afterAll(close)

const KEYS = 10_000

test('M3: what has expired gives its memory back on every node, though nobody reads it, and nothing differs', () => {
  const world = new World({ seed: 24, size: 3, options: { calls: 2 * KEYS } })
  const run = (ms: number) => void world.agenda.runUntil(world.agenda.now + ms)
  run(600)
  const leader = world.leader()
  if (!leader) throw new Error('nobody leads')
  for (let at = 0; at < KEYS; at++) {
    const command = { name: 'set', args: [`key:${at}`, 'text', { ttl: 3_000 + (at % 300) }] }
    world.call(
      leader,
      { client: 0, command, read: { kind: 'local' }, ack: 'in-sync', deadline: 5_000, wait: 0 },
      () => {},
    )
  }
  run(2_000)
  const sizes = () => world.machines.map(({ node }) => node.data.size.keys)
  expect(sizes()).toEqual([KEYS, KEYS, KEYS])
  run(3_000)
  expect(world.machines.map(({ node }) => node.data.size)).toEqual(
    Array.from({ length: 3 }, () => ({ keys: 0, bytes: 0 })),
  )
  // And what comes then is the same everywhere.
  const command = { name: 'incr', args: ['key:1'] }
  world.call(
    leader,
    { client: 0, command, read: { kind: 'local' }, ack: 'in-sync', deadline: 5_000, wait: 0 },
    () => {},
  )
  run(500)
  const [one, ...others] = world.machines.map(({ node: { applied, digest } }) => ({ applied, digest }))
  expect(one?.applied).toBeGreaterThan(KEYS)
  for (const other of others) expect(other).toEqual(one)
  expect(world.news.get('diverged')).toBeUndefined()
})

test('M3: the memory of what expires is seen in the status', async () => {
  const leader = await add()
  const follower = await add()
  await Promise.all(
    Array.from({ length: 1_000 }, (_, at) => leader.commands.set(`key:${at}`, 'text', { ttl: 1_000 })),
  )
  await leader.commands.set('lasting', 'text')
  await until(leader, ({ keys }) => keys === 1)
  await until(follower, ({ keys }) => keys === 1)
  expect(follower.status()?.bytes).toBe(leader.status()?.bytes)
})
