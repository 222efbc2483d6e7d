import { type AnyTable, checkOf, commands, type Entry } from '@jcache/driver'
import { describe, expect, test } from 'vitest'
import { generate } from '../../../differential/generate.ts'
import { Random } from '../../../differential/random.ts'
import type { Operation } from './data.ts'
import { type Bounds, KeyspaceData } from './keyspace-data.ts'
import type { Command, Outcome } from './request.ts'
import { attemptsOf } from './resolve.ts'

const table: AnyTable = { ...commands }
const unbounded: Bounds = { maxEntries: Infinity, maxBytes: Infinity }
const SEEDS = 12
const CALLS = 1_500

interface Logged {
  readonly operations: readonly Operation[]
  readonly time: number
  readonly outcome: Outcome
  readonly keys: readonly string[] | null
  /** Of the keys, after it. */
  readonly witness: number
}

/** A leader and a follower, and the log between them. */
function pair(bounds: Bounds = unbounded) {
  const leader = new KeyspaceData(bounds)
  const follower = new KeyspaceData(unbounded)
  const log: Logged[] = []
  /** Runs the command on the leader, and what it logs on the follower; answers whether it changed anything. */
  const run = (command: Command, time: number): boolean => {
    if (leader.modeOf(command) === 'read') {
      leader.read(command, time)
      return false
    }
    const execution = leader.execute(command, time)
    if (!execution || execution.operations.length === 0) return false
    // As it would come over the wire: a copy, which shares nothing.
    const operations = structuredClone(execution.operations)
    const { outcome, keys } = execution
    const logged = { operations, time, outcome, keys, witness: leader.witness(keys) }
    log.push(logged)
    follow(follower, logged)
    return true
  }
  return { leader, follower, log, run }
}

/** Does what was logged: it comes to the same. */
function follow(data: KeyspaceData, { operations, time, outcome, keys, witness }: Logged, where = ''): void {
  expect(data.apply(operations, time), `answers the same ${where}`).toEqual(outcome)
  expect(data.witness(keys), `leaves the same ${where}`).toBe(witness)
}

/** Calls of every command of the table, with their times. */
function* calls(seed: number): Generator<readonly [Command, number]> {
  const random = new Random(seed)
  let time = 1_700_000_000_000
  for (const { name, args } of generate(seed, CALLS)) {
    // Mostly within a moment, now and then beyond what lives a day.
    time += random.chance(0.01) ? 100_000_000 : random.below(20)
    const row = table[name]
    if (!row) continue
    const ready = checkOf(name, row)(args)
    yield [{ name, args: ready.map((arg) => (isSignalled(arg) ? {} : arg)) }, time]
  }
}

function isSignalled(arg: unknown): boolean {
  return typeof arg === 'object' && arg !== null && 'signal' in arg
}

/** All that is there, in an order that says nothing. */
function contentsOf(data: KeyspaceData, time: number): Map<string, Entry> {
  const slices = data.slices(time)
  const found: [string, Entry][] = []
  const whole = Number.POSITIVE_INFINITY
  for (let pieces = slices.next(whole); pieces.length; pieces = slices.next(whole))
    for (const [key, entry] of pieces) if (entry) found.push([key, sorted(entry)])
  slices.close()
  return new Map(found.sort(([left], [right]) => (left < right ? -1 : 1)))
}

function sorted(entry: Entry): Entry {
  if (entry.type === 'set') return { ...entry, value: [...entry.value].sort() }
  if (entry.type === 'hash') return { ...entry, value: [...entry.value].sort(([a], [b]) => (a < b ? -1 : 1)) }
  return entry
}

describe('10: the follower holds what the leader holds, at every offset', () => {
  test('for every command of the table', { timeout: 120_000 }, () => {
    const changed = new Set<string>()
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { leader, follower, run } = pair()
      let last = 0
      let at = 0
      for (const [command, time] of calls(seed)) {
        if (run(command, time)) changed.add(command.name)
        last = time
        if (++at % 250 === 0)
          expect(contentsOf(follower, last), `seed ${seed}`).toEqual(contentsOf(leader, last))
      }
      expect(contentsOf(follower, last), `seed ${seed}`).toEqual(contentsOf(leader, last))
    }
    const writing = Object.keys(table).filter((name) => table[name]?.mode !== 'read')
    expect(
      writing.filter((name) => !changed.has(name)),
      'commands that were never seen to change anything',
    ).toEqual([])
  })

  test('when the leader evicts', { timeout: 60_000 }, () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { leader, follower, run } = pair({ maxEntries: 6, maxBytes: 6_000 })
      let last = 0
      for (const [command, time] of calls(seed)) {
        run(command, time)
        last = time
      }
      expect(contentsOf(follower, last), `seed ${seed}`).toEqual(contentsOf(leader, last))
      expect(contentsOf(leader, last).size).toBeLessThanOrEqual(6)
    }
  })
})

test('16: a snapshot taken while writes go on, and the log since, come at every entry to what the leader holds', {
  timeout: 60_000,
}, () => {
  let renewals = 0
  let parts = 0
  let voids = 0
  for (let seed = 1; seed <= SEEDS; seed++) {
    const random = new Random(seed)
    const { leader, log, run } = pair()
    const joining = new KeyspaceData(unbounded)
    let slices: ReturnType<KeyspaceData['slices']> | undefined
    let from = 0
    let last = 0
    let isWhole = false
    const begin = (time: number) => {
      slices?.close()
      joining.clear()
      from = log.length
      return leader.slices(time)
    }
    for (const [command, time] of calls(seed)) {
      run(command, time)
      last = time
      if (!isWhole && slices?.isVoid) {
        slices = begin(time)
        voids++
      } else if (!slices && random.chance(0.005)) slices = begin(time)
      else if (slices && !isWhole && random.chance(0.02)) {
        slices.renew()
        from = log.length
        renewals++
      } else if (slices && !isWhole && random.chance(0.1)) {
        const pieces = slices.next(150)
        parts += pieces.filter(([, , isMore]) => isMore).length
        joining.load(structuredClone(pieces))
        isWhole = pieces.length === 0
      }
    }
    slices ??= begin(last)
    for (let pieces = slices.next(150); pieces.length; pieces = slices.next(150))
      joining.load(structuredClone(pieces))
    slices.close()
    for (const [at, logged] of log.slice(from).entries()) follow(joining, logged, `seed ${seed}, ${at}`)
    expect(contentsOf(joining, last), `seed ${seed}`).toEqual(contentsOf(leader, last))
  }
  expect(Math.min(renewals, parts)).toBeGreaterThan(10)
  expect(voids).toBeGreaterThan(0)
})

describe('a collection of many goes in parts of about the size asked for', () => {
  const MANY = 2_000
  const makes: readonly [type: string, make: (at: number) => Command, change: Command][] = [
    [
      'hash',
      (at) => ({ name: 'hset', args: ['k', [[`f${at}`, `v${at}`]]] }),
      { name: 'hdel', args: ['k', 'f7'] },
    ],
    ['list', (at) => ({ name: 'rpush', args: ['k', `v${at}`] }), { name: 'lpop', args: ['k'] }],
    ['set', (at) => ({ name: 'sadd', args: ['k', `m${at}`] }), { name: 'srem', args: ['k', 'm7'] }],
    ['zset', (at) => ({ name: 'zadd', args: ['k', [[`m${at}`, at]]] }), { name: 'zrem', args: ['k', 'm7'] }],
  ]
  test.each(makes)('%s', (_, make, change) => {
    for (const changeAt of [-1, 0, 3]) {
      const { leader } = pair()
      for (let at = 0; at < MANY; at++) leader.execute(make(at), 1)
      leader.execute({ name: 'expire', args: ['k', 1_000] }, 1)
      const before = contentsOf(leader, 1)
      const joining = new KeyspaceData(unbounded)
      const slices = leader.slices(1)
      let count = 0
      for (let pieces = slices.next(2_000); pieces.length; pieces = slices.next(2_000)) {
        expect(JSON.stringify(pieces).length).toBeLessThan(3_000)
        joining.load(structuredClone(pieces))
        if (count++ === changeAt) leader.execute(change, 1)
      }
      expect(count).toBeGreaterThan(10)
      expect(contentsOf(joining, 1)).toEqual(before)
    }
  })
})

test('every command that waits has one that does not in its place', () => {
  const waiting = Object.keys(table).filter((name) => table[name]?.mode === 'block')
  const args = [['key'], 'other', 'left', 'right', 0]
  expect(waiting.filter((name) => attemptsOf({ name, args }).length === 0)).toEqual([])
})

test('M6: a command that waits takes nothing from a key that is not there, and passes over another type once woken', () => {
  const { leader } = pair()
  const pop: Command = { name: 'blpop', args: [['text', 'list'], 0] }
  expect(leader.execute(pop, 1)).toBeNull()
  leader.execute({ name: 'set', args: ['text', 'v', {}] }, 1)
  expect(leader.execute(pop, 1)?.outcome).toMatchObject({ ok: false, code: 'WRONG_TYPE' })
  expect(leader.execute(pop, 1, true)).toBeNull()
  leader.execute({ name: 'rpush', args: ['list', 'a'] }, 1)
  expect(leader.execute(pop, 1, true)?.outcome).toEqual({ ok: true, value: ['list', 'a'] })
})

test('D2: what changed nothing is not logged, what was a matter of chance is resolved', () => {
  const { leader } = pair()
  leader.execute({ name: 'sadd', args: ['s', 'a', 'b', 'c'] }, 1)
  expect(leader.execute({ name: 'sadd', args: ['s', 'a'] }, 1)?.operations).toEqual([])
  expect(leader.execute({ name: 'setnx', args: ['s', 'v'] }, 1)?.operations).toEqual([])
  const popped = leader.execute({ name: 'spop', args: ['s'] }, 1)
  expect(popped?.operations).toMatchObject([{ kind: 'run', command: { name: 'srem' } }])
})
