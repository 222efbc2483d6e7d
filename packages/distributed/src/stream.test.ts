import { expect, test } from 'vitest'
import type { Options } from './options.ts'
import { QUIET, World } from './simulation/world.fixture.ts'

const MEMBERS = 3_000

/** A leader of two with a list of many, and another node that is down, to which the way is long. */
function lone(options: Partial<Options>) {
  const world = new World({ seed: 24, size: 2, options: { unclean: 'halt', ...options } })
  const { agenda, network } = world
  network.jitter = 0
  const run = (ms: number) => void agenda.runUntil(agenda.now + ms)
  run(600)
  const leader = world.leader()
  const newcomer = world.machines.find((machine) => machine !== leader)
  if (!leader || !newcomer) throw new Error('nobody leads')
  const call = (name: string, ...args: readonly unknown[]) => {
    const wish = { client: QUIET, command: { name, args }, deadline: 10_000, wait: 0 }
    world.call(leader, { ...wish, ack: 'leader', read: { kind: 'local' } }, () => {})
  }
  world.crash(newcomer)
  run(1_000)
  for (let at = 0; at < MEMBERS; at += 100)
    call('rpush', 'list', ...Array.from({ length: 100 }, (_, more) => `value ${at + more}`))
  run(100)
  network.slow(newcomer.name, 20)
  let isLoaded = true
  let writes = 0
  const load = () => {
    if (!isLoaded) return
    call('set', `key${writes++ % 10}`, `value ${writes}`)
    agenda.plan(5, load)
  }
  const stop = () => {
    isLoaded = false
  }
  newcomer.restart()
  /** Milliseconds until the newcomer has all that there is. */
  const synced = (most: number) => {
    const begun = agenda.now
    while (!newcomer.node.synced && agenda.now < begun + most) run(10)
    return agenda.now - begun
  }
  const held = (name: string, ...args: readonly unknown[]) =>
    world.machines.map(({ node }) => node.data.read({ name, args }, node.time))
  return { world, run, call, load, stop, synced, held, newcomer }
}

test('D4: a snapshot takes a few times the way there and back, not one for each slice', () => {
  const { synced, held } = lone({ slice: 200, window: 20_000 })
  // Of about 400 slices with 21 ms there and back each.
  expect(synced(5_000)).toBeLessThan(500)
  const [ours, theirs] = held('lrange', 'list', 0, -1)
  expect(theirs).toEqual(ours)
})

test('D4: a sync ends, though more is written meanwhile than the log holds', () => {
  const { world, run, load, stop, synced, held, newcomer } = lone({ ring: 3_000, slice: 200, window: 2_000 })
  load()
  const took = synced(10_000)
  // What is written in that time is several times what the log holds.
  expect(took).toBeGreaterThan(500)
  expect(newcomer.node.synced).toBe(true)
  expect(world.news.get('snapshot')).toBe(1)
  expect(world.news.get('reborn')).toBeUndefined()
  stop()
  run(500)
  for (const read of [
    ['lrange', 'list', 0, -1],
    ['mget', ...Array.from({ length: 10 }, (_, at) => `key${at}`)],
  ]) {
    const [ours, theirs] = held(String(read[0]), ...read.slice(1))
    expect(theirs).toEqual(ours)
  }
})

test('D4: a sync begins anew where all was removed and more written than the log holds', () => {
  const { world, run, call, load, stop, synced, held, newcomer } = lone({
    ring: 3_000,
    slice: 200,
    window: 2_000,
  })
  load()
  run(200)
  newcomer.pause()
  call('flushall')
  run(1_000)
  newcomer.resume(world.random)
  expect(synced(10_000)).toBeLessThan(10_000)
  expect(world.news.get('snapshot')).toBeGreaterThan(1)
  stop()
  run(500)
  const [ours, theirs] = held('keys', '*')
  expect(theirs).toEqual(ours)
})

test('17: what a follower that stands still in a sync costs is bounded', () => {
  const { run, call, load, newcomer, world } = lone({ ring: 3_000, slice: 200, window: 2_000 })
  load()
  run(150)
  expect(newcomer.node.receiving).not.toBeNull()
  newcomer.pause()
  for (let at = 0; at < 100; at++) {
    call('set', `other${at}`, 'x'.repeat(100))
    run(20)
  }
  const [progress] = world.leader()?.node.leading?.followers.values() ?? []
  const bytes = progress?.sending?.open.reduce((sum, { pieces }) => sum + JSON.stringify(pieces).length, 0)
  expect(bytes).toBeLessThan(4_000)
  newcomer.resume(world.random)
  run(3_000)
  expect(newcomer.node.synced).toBe(true)
})
