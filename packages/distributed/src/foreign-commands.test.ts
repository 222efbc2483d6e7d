import { describe, expect, test } from 'vitest'
import type { Message } from './message.ts'
import { World } from './simulation/world.fixture.ts'
import { step } from './step.ts'

/** Commands that no client of this version lets through, and what they come to. */
const foreign: readonly (readonly [name: string, args: readonly unknown[], code: string])[] = [
  ['nonsense', [], 'UNSUPPORTED'],
  ['constructor', [], 'UNSUPPORTED'],
  ['@nonsense', ['key'], 'UNSUPPORTED'],
  ['set', [], 'INVALID_ARGUMENT'],
  ['set', [{}, {}], 'INVALID_ARGUMENT'],
  ['mget', [null], 'INVALID_ARGUMENT'],
  ['zadd', ['z', 5], 'INVALID_ARGUMENT'],
  ['hset', ['h', null], 'INVALID_ARGUMENT'],
  ['lpush', ['l', null], 'INVALID_ARGUMENT'],
  ['blpop', [5, 0], 'INVALID_ARGUMENT'],
  ['@load', ['key', null], 'INVALID_ARGUMENT'],
]

describe('D12: a command that another node sends and nobody can run', () => {
  test.each(foreign)('%s %j is refused, and changes nothing', (name, args, code) => {
    const world = new World({ seed: 24, size: 2, isJudged: false })
    const run = (ms: number) => void world.agenda.runUntil(world.agenda.now + ms)
    run(600)
    const leader = world.leader()?.node
    const follower = world.machines.find(({ node }) => node !== leader)?.node
    if (!leader || !follower) throw new Error('nobody leads')
    const forward: Message = {
      kind: 'forward',
      term: leader.term,
      id: { origin: follower.process, seq: 1_000 },
      floor: 1,
      command: { name, args },
      ack: 'in-sync',
      until: Number.MAX_SAFE_INTEGER,
      wait: 0,
    }
    const effects = step(leader, { kind: 'message', from: follower.id, message: forward }, leader.now)
    const reply = effects.find(({ kind }) => kind === 'send')
    expect(reply).toMatchObject({ message: { kind: 'reply', result: { outcome: { ok: false, code } } } })
    expect(leader.data.size).toEqual({ keys: 0, bytes: 0 })
  })
})
