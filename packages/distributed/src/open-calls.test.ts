import { describe, expect, test } from 'vitest'
import { cluster, isolate, value } from './simulation/quiet.fixture.ts'

const FOR_EVER = { deadline: Number.POSITIVE_INFINITY, wait: Number.POSITIVE_INFINITY }

describe('D6: what was acknowledged is held by as many as are wanted', () => {
  test('also where they have become fewer since the write was taken', () => {
    const { world, run, call, leader, follower } = cluster(2, { minInSync: 2 })
    isolate(world, follower)
    const write = call(leader, ['set', 'r0', 'a'], { deadline: 2_000 })
    run(1_900)
    expect(leader.node.leading?.inSync).toEqual([leader.node.id])
    expect(write.answer).toBeNull()
    run(200)
    expect(write.answer).toMatchObject({ code: 'TIMEOUT', executed: 'unknown' })
    world.network.heal()
    run(2_000)
    expect(value(call(leader, ['set', 'r0', 'b']).answer)).toBeNull()
    run(50)
    expect(value(call(follower, ['get', 'r0']).answer)).toBe('b')
  })

  test('nor is a pop that waits served meanwhile', () => {
    const { world, run, call, leader, follower } = cluster(2, { minInSync: 2 })
    const pop = call(leader, ['blpop', ['l0'], 0], { deadline: 10_000, wait: 9_000 })
    isolate(world, follower)
    run(1_000)
    call(leader, ['rpush', 'l0', 'a'], { ack: 'leader' })
    run(100)
    expect(pop.answer).toMatchObject({ code: 'UNAVAILABLE', executed: 'no' })
    expect(value(call(leader, ['lrange', 'l0', 0, -1]).answer)).toEqual(['a'])
  })

  test('more members than there are: refused at once', () => {
    const { run, call, leader } = cluster(2)
    const write = call(leader, ['set', 'r0', 'a'], { ack: 3 })
    run(20)
    expect(write.answer).toMatchObject({ code: 'UNAVAILABLE', executed: 'no' })
  })
})

describe('S1: nothing is kept of calls that have ended', () => {
  test('whose acknowledgement never came', () => {
    const { world, run, call, leader, follower } = cluster(2)
    isolate(world, follower)
    run(500)
    for (let at = 0; at < 20; at++) {
      call(leader, ['set', 'r0', 'a'], { ack: 2 })
      run(50)
    }
    expect(leader.node.leading?.pending.size).toBeGreaterThan(10)
    run(1_500)
    expect([leader.node.leading?.pending.size, leader.node.calls.size]).toEqual([0, 0])
  })

  test('while a pop waits for ever', () => {
    const { run, call, leader, follower } = cluster(2, {}, false)
    call(follower, ['blpop', ['l0'], 0], FOR_EVER)
    for (let at = 0; at < 500; at++) {
      call(follower, ['set', 'r0', 'a'])
      if (at % 50 === 0) run(100)
    }
    run(500)
    call(follower, ['set', 'r0', 'b'])
    run(100)
    const kept = leader.node.requests.dump().flatMap(([, , , done]) => done)
    expect(kept.length).toBeLessThan(60)
  })

  test('of a pop that is cancelled when nobody leads', () => {
    const { world, run, call, leader, follower } = cluster(2)
    const pop = call(follower, ['blpop', ['l0'], 0], FOR_EVER)
    run(300)
    world.coordinator.isAway = true
    world.crash(leader)
    run(1_000)
    world.cancel(follower, pop)
    run(3_000)
    expect(pop.answer).toMatchObject({ executed: 'unknown' })
    expect(follower.node.calls.size).toBe(0)
  })
})

test('D5: a call is executed once, however long it is open', () => {
  const { world, run, call, leader, follower } = cluster(2, { memory: 300_000 }, false)
  isolate(world, follower)
  run(500)
  const sum = call(leader, ['incr', 'c0'], { ack: 2, deadline: 140_000 })
  for (let at = 0; at < 130; at++) {
    run(1_000)
    const other = call(leader, ['set', 'r0', String(at)], { deadline: 500 })
    run(50)
    expect(value(other.answer)).toBe(true)
  }
  expect(sum.answer).toBeNull()
  world.network.heal()
  run(2_000)
  expect(value(sum.answer)).toBe(1)
  expect(value(call(leader, ['get', 'c0']).answer)).toBe('1')
})
