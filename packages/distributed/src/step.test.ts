import { describe, expect, test } from 'vitest'
import { cluster, isolate, value } from './simulation/quiet.fixture.ts'
import { step } from './step.ts'

describe('D6: acknowledgements', () => {
  test('in sync waits for every in-sync member, the leader for nobody', () => {
    const { world, run, call, leader, follower } = cluster(3)
    isolate(world, follower)
    const weak = call(leader, ['set', 'r0', 'a'], { ack: 'leader' })
    const counted = call(leader, ['set', 'r1', 'b'], { ack: 2 })
    const strong = call(leader, ['set', 'r2', 'c'])
    run(20)
    expect([value(weak.answer), value(counted.answer), strong.answer]).toEqual([true, true, null])
    // The record says that the follower is out: then, and only then, it is committed without it.
    run(500)
    expect(world.coordinator.record?.state.inSync).not.toContain(follower.node.id)
    expect(value(strong.answer)).toBe(true)
  })

  test('too few in-sync members: nothing is executed', () => {
    const { run, call, leader } = cluster(2, { minInSync: 3 })
    const refused = call(leader, ['set', 'r0', 'a'])
    const weak = call(leader, ['set', 'r0', 'b'], { ack: 'leader' })
    run(50)
    expect(refused.answer).toMatchObject({ kind: 'failed', code: 'UNAVAILABLE', executed: 'no' })
    expect(value(weak.answer)).toBe(true)
  })

  test('what waits for its commit is bounded', () => {
    const { world, run, call, leader, follower } = cluster(2, { uncommitted: 300, lag: 5_000 })
    isolate(world, follower)
    const calls = Array.from({ length: 20 }, () => call(leader, ['set', 'r0', 'x'.repeat(30)]))
    run(50)
    expect(
      calls.filter(({ answer }) => answer?.kind === 'failed' && answer.executed === 'no').length,
    ).toBeGreaterThan(10)
  })
})

describe('D9: without a leader', () => {
  test('writes wait as long as they may, and were not executed then', () => {
    const { world, run, call, leader, follower } = cluster(2, { leaderWait: 300 })
    world.coordinator.isAway = true
    world.crash(leader)
    run(400)
    follower.node.leader = null
    const write = call(follower, ['set', 'r0', 'a'], { deadline: 5_000 })
    run(200)
    expect(write.answer).toBeNull()
    run(200)
    expect(write.answer).toMatchObject({ code: 'NO_LEADER', executed: 'no' })
  })

  test('no more calls wait than may', () => {
    const { world, call, run, leader, follower } = cluster(2, { calls: 5 })
    world.crash(leader)
    const calls = Array.from({ length: 8 }, () => call(follower, ['set', 'r0', 'a']))
    run(1)
    expect(
      calls.filter(({ answer }) => answer?.kind === 'failed' && answer.code === 'UNAVAILABLE'),
    ).toHaveLength(3)
  })
})

describe('D8: reads', () => {
  test('a follower that hears nobody answers what it has, and says how old that is', () => {
    const { world, run, call, leader, follower } = cluster(3)
    call(leader, ['set', 'r0', 'a'])
    run(50)
    isolate(world, follower)
    run(500)
    const local = call(follower, ['get', 'r0'])
    const bounded = call(follower, ['get', 'r0'], { read: { kind: 'staleness', most: 200 } })
    const loose = call(follower, ['get', 'r0'], { read: { kind: 'staleness', most: 60_000 } })
    run(1_100)
    expect(local.answer).toMatchObject({ kind: 'done', outcome: { value: 'a' } })
    expect(local.answer?.kind === 'done' && local.answer.staleness).toBeGreaterThan(450)
    expect(value(loose.answer)).toBe('a')
    expect(bounded.answer).toMatchObject({ kind: 'failed', code: 'TIMEOUT', executed: 'no' })
  })

  test('a session waits until the node has what it has seen', () => {
    const { world, run, call, leader, follower } = cluster(2, { lag: 5_000 })
    world.network.slow(follower.name, 50)
    run(200)
    const write = call(leader, ['set', 'r0', 'a'])
    run(80)
    expect(value(write.answer)).toBe(true)
    const seen = write.answer?.kind === 'done' ? write.answer.place : null
    const read = call(follower, ['get', 'r0'], { read: { kind: 'session', seen } })
    run(200)
    expect(value(read.answer)).toBe('a')
  })
})

describe('15: commands that wait', () => {
  test('are served in the order they came, wherever from, each with its own', () => {
    const { run, call, leader, follower, other } = cluster(3)
    const pops = [follower, leader, other].map((machine) => {
      const pop = call(machine, ['blpop', ['l0'], 0], { deadline: 3_000, wait: 2_000 })
      run(10)
      return pop
    })
    call(other, ['rpush', 'l0', 'a', 'b'])
    run(50)
    expect(pops.map(({ answer }) => value(answer))).toEqual([['l0', 'a'], ['l0', 'b'], null])
    run(2_100)
    expect(pops[2]?.answer).toMatchObject({ kind: 'done', outcome: { value: null } })
    expect(leader.node.leading?.waiters.size).toBe(0)
  })

  test('are asked for when they got lost on their way, and wait there as long as their node says so', () => {
    const { world, run, call, leader, follower } = cluster(3)
    const wish = { deadline: 9_000, wait: 8_000 }
    world.network.cut(follower.name, leader.name)
    const lost = call(follower, ['blpop', ['l0'], 0], wish)
    run(50)
    world.network.heal()
    const there = call(follower, ['blpop', ['l0'], 0], wish)
    run(1_200)
    expect(leader.node.leading?.waiters.size).toBe(2)
    // Longer than the leader keeps one of whom it hears no more.
    run(4_000)
    expect(leader.node.leading?.waiters.size).toBe(2)
    call(leader, ['rpush', 'l0', 'a', 'b'])
    run(50)
    expect([there, lost].map(({ answer }) => value(answer))).toEqual([
      ['l0', 'a'],
      ['l0', 'b'],
    ])
  })

  test('however long they have waited, are answered as soon as there is something', () => {
    const { run, call, leader, follower } = cluster(3)
    const pops = [leader, follower].map((machine) =>
      call(machine, ['blpop', ['l0'], 0], { deadline: 90_000, wait: 80_000 }),
    )
    // Longer than others wait at all.
    run(40_000)
    call(leader, ['rpush', 'l0', 'a', 'b'])
    run(20)
    expect(pops.map(({ answer }) => value(answer))).toEqual([
      ['l0', 'a'],
      ['l0', 'b'],
    ])
  })

  test('are said to wait once a second, whoever comes meanwhile', () => {
    const { run, call, world, leader, follower } = cluster(3)
    const heard: number[] = []
    for (let at = 0; at < 300; at++) {
      if (at % 12 === 0) call(follower, ['blpop', [`l${at}`], 0], { deadline: 90_000, wait: 80_000 })
      run(20)
      const [first] = leader.node.leading?.waiters ?? []
      const refreshedAt = first?.[1].refreshedAt
      if (refreshedAt !== undefined && refreshedAt !== heard.at(-1)) heard.push(refreshedAt)
    }
    const gaps = heard.slice(1).map((at, place) => at - (heard[place] ?? 0))
    expect(gaps.length).toBeGreaterThan(4)
    expect(Math.max(...gaps)).toBeLessThan(1_100)
    expect(Math.min(...gaps.slice(1))).toBeGreaterThan(900)
    expect(world.openCalls).toHaveLength(25)
  })

  test('whose node is gone are let go of', () => {
    const { run, world, call, leader, follower } = cluster(3)
    call(follower, ['blpop', ['l0'], 0], { deadline: 9_000, wait: 8_000 })
    run(50)
    world.crash(follower)
    expect(leader.node.leading?.waiters.size).toBe(1)
    run(5_000)
    expect(leader.node.leading?.waiters.size).toBe(0)
  })

  test('take nothing once they are cancelled, and leave nothing', () => {
    const { world, run, call, leader, follower } = cluster(3)
    const pop = call(follower, ['blpop', ['l0'], 0], { deadline: 3_000, wait: 2_000 })
    run(20)
    expect(leader.node.leading?.waiters.size).toBe(1)
    world.cancel(follower, pop)
    run(20)
    expect(pop.answer).toEqual({ kind: 'cancelled' })
    expect(leader.node.leading?.waiters.size).toBe(0)
    const push = call(leader, ['rpush', 'l0', 'a'])
    run(20)
    const left = call(leader, ['lrange', 'l0', 0, -1], { read: { kind: 'linearizable' } })
    run(20)
    expect([value(push.answer), value(left.answer)]).toEqual([1, ['a']])
  })

  test('of a process that is gone are let go', () => {
    const { world, run, call, leader, follower } = cluster(3)
    call(follower, ['blpop', ['l0'], 0], { deadline: 60_000, wait: 50_000 })
    run(20)
    world.crash(follower)
    run(5_000)
    expect(leader.node.leading?.waiters.size).toBe(0)
  })
})

test.each([
  ['longer', ['append', 'r0', 'x']],
  ['of the same length', ['set', 'r0', 'x', {}]],
])(
  'D11: data that differs is found out when it is written, and repaired in another life: %s',
  (_, [name, ...args]) => {
    const { world, run, call, leader, follower } = cluster(2, {}, false)
    call(leader, ['set', 'r0', 'a'])
    run(50)
    const { id, data } = follower.node
    data.apply([{ kind: 'run', command: { name: String(name), args } }], follower.node.time)
    call(leader, ['append', 'r0', 'b'])
    run(500)
    expect(world.news.get('diverged')).toBe(1)
    expect(follower.node.id).not.toBe(id)
    expect(value(call(follower, ['get', 'r0']).answer)).toBe('ab')
    expect(world.coordinator.record?.state.inSync).toContain(follower.node.id)
  },
)

test('17: a follower that is away at full load costs no more than the log may hold', () => {
  const { run, call, leader, follower } = cluster(2, { ring: 5_000, window: 1_000 })
  follower.pause()
  run(500)
  let most = 0
  for (let at = 0; at < 500; at++) {
    call(leader, ['set', 'r0', 'x'.repeat(50)])
    run(2)
    most = Math.max(most, leader.node.log.bytes)
  }
  expect(leader.node.log.last).toBeGreaterThan(500)
  expect(most).toBeLessThanOrEqual(5_000 + 200)
})

test('D10: a follower that leaves is out of the in-sync set first', () => {
  const { world, run, leader, follower } = cluster(2)
  const { node } = follower
  follower.tell({ kind: 'close' })
  for (let ms = 0; ms < 100 && !node.closed; ms++) run(1)
  expect(node.closed).toBe(true)
  expect(world.coordinator.record?.state.inSync).toEqual([leader.node.id])
  expect(step(node, { kind: 'tick' }, node.now)).toEqual([])
})

test('D10: a node that never had all there is leaves at once, with a leader or without', () => {
  const { world, run, leader, follower } = cluster(2)
  world.crash(follower)
  run(1_000)
  follower.restart()
  isolate(world, follower)
  // It has heard of the leader, and of nothing else.
  follower.node.leader = leader.node.id
  expect(follower.node.synced).toBe(false)
  follower.tell({ kind: 'close' })
  run(50)
  expect(follower.node.closed).toBe(true)
})

test('D4: a member comes to be in sync though writes never cease, and they wait for it but for a moment', () => {
  const { world, run, call, leader, follower } = cluster(2)
  const { name } = follower
  isolate(world, follower)
  run(1_000)
  world.network.heal()
  // What is said arrives when more has been written.
  world.network.slow(name, 20)
  let longest = 0
  for (let at = 0; at < 2_000; at++) {
    const write = call(leader, ['set', 'r0', String(at)])
    run(1)
    if (at % 100 === 0) {
      for (let ms = 0; ms < 1_000 && !write.answer; ms++) run(1)
      longest = Math.max(longest, write.ended - write.began)
    }
  }
  expect(leader.node.leading?.inSync).toContain(follower.node.id)
  expect(longest).toBeLessThan(250)
})
