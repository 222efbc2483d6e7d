import { describe, expect, test } from 'vitest'
import { cluster, value } from './simulation/quiet.fixture.ts'

const wish = { ack: 'leader' } as const

describe('D6: a write that the leader alone has to hold', () => {
  test('is answered as it is called on the leader, before anybody else has it, and is in the log without a name', () => {
    const { run, call, leader, follower } = cluster(3)
    const { log } = leader.node
    const before = log.last
    expect(value(call(leader, ['set', 'k', 'v'], wish).answer)).toBe(true)
    expect([log.last, log.get(log.last)?.id, follower.node.log.last]).toEqual([before + 1, null, before])
    expect(leader.node.calls.size).toBe(0)
    run(20)
    const read = call(follower, ['get', 'k'])
    run(20)
    expect(value(read.answer)).toBe('v')
  })

  test('keeps its name from a follower, which may ask again', () => {
    const { run, call, leader, follower } = cluster(3)
    const write = call(follower, ['set', 'k', 'v'], wish)
    run(20)
    expect(value(write.answer)).toBe(true)
    const { log } = leader.node
    expect(log.get(log.last)?.id?.origin).toBe(follower.node.process)
  })

  test('shows nothing that may never come to be: where it changed nothing it waits for what it saw', () => {
    const { world, run, call, leader } = cluster(3)
    for (const { name } of world.machines) if (name !== leader.name) world.network.cut(name, leader.name)
    expect(value(call(leader, ['set', 'k', 'v'], wish).answer)).toBe(true)
    const refused = call(leader, ['setnx', 'k', 'w'], wish)
    run(20)
    expect(refused.answer).toBeNull()
    world.network.heal()
    run(200)
    expect(value(refused.answer)).toBe(false)
  })

  test('serves who waits for the key', () => {
    const { run, call, leader, follower } = cluster(3)
    const pop = call(follower, ['blpop', ['l0'], 0], { deadline: 3_000, wait: 2_000 })
    run(20)
    expect(value(call(leader, ['rpush', 'l0', 'a'], wish).answer)).toBe(1)
    run(20)
    expect(value(pop.answer)).toEqual(['l0', 'a'])
  })

  test('is refused while too much waits for its commit', () => {
    const { world, call, leader } = cluster(3, { uncommitted: 200 })
    for (const { name } of world.machines) if (name !== leader.name) world.network.cut(name, leader.name)
    const answers = Array.from({ length: 9 }, (_, at) =>
      call(leader, ['set', `k${at}`, 'v'.repeat(50)], wish),
    )
    expect(value(answers[0]?.answer ?? null)).toBe(true)
    expect(answers.at(-1)?.answer).toMatchObject({ kind: 'failed', code: 'UNAVAILABLE', executed: 'no' })
  })
})
