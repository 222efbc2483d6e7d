import type { Invalidation } from '@jcache/driver'
import { Command, type Redis } from 'ioredis'
import { invalidationStream } from './invalidation-stream.ts'
import { primaryOf } from './primaries.ts'
import { Server, Wire, type World } from './stream-world.fixture.ts'
import { tracking } from './tracking.ts'

const KEYS = ['a', 'b'] as const

/** A part of the stream that is left out, to see that it is missed. */
export type Omission =
  | 'lost is not told'
  | 'servers are not compared'
  | 'fences stand'
  | 'own writes are not told'

/** Lets time pass by so many milliseconds, timers too. */
export type Pass = (ms: number) => Promise<void>

/**
 * Plays a reader of copies with the real stream over connections that are cut, delayed, frozen, and led to another server,
 * in an order that the seed decides. Answers the copies that were wrong when nothing was on its way, and how many were right.
 */
export async function play(
  seed: number,
  pass: Pass,
  omission?: Omission,
): Promise<{ wrong: string[]; right: number }> {
  const random = randomOf(seed)
  const below = (bound: number) => Math.floor(random() * bound)
  // Two servers behind one address are told apart by their runs, else by their addresses.
  const byAddress = random() < 0.4
  const servers = [new Server('a1', 1), new Server('b2', byAddress ? 2 : 1)]
  const world: World = {
    reached: servers[0] as Server,
    wires: new Set(),
    connections: 0,
    refusesInfo: byAddress && random() < 0.5,
  }
  const calls = new Wire(world, true)
  void calls.connect()
  const client = calls as unknown as Redis
  const write = (word: string, words: string[]) => {
    const command = new Command(word, words)
    const told = [...world.wires].findLast((wire) => wire !== calls && wire.server)?.server?.run
    const lies = omission === 'servers are not compared' && word === 'INFO'
    calls.call(word, words).then((reply) => command.resolve(lies ? `run_id:${told}` : reply), command.reject)
    return command
  }
  const stream = invalidationStream(primaryOf({ client, write }), () => tracking([], random() < 0.3), {
    heartbeat: 500,
    patience: 1_000,
  })

  const copies = new Map<string, unknown>()
  const fences = new Map<string, object>()
  let live = false
  const hear = (told: Invalidation) => {
    if (told.kind === 'lost' && omission === 'lost is not told') return
    const keys = told.kind === 'keys' ? told.keys : KEYS
    for (const key of keys) {
      copies.delete(key)
      if (omission !== 'fences stand') fences.delete(key)
    }
    if (told.kind === 'live' || told.kind === 'lost') live = told.kind === 'live'
  }
  const fetch = async (key: string) => {
    if (!live || copies.has(key) || calls.status !== 'ready') return
    const fence = {}
    fences.set(key, fence)
    const text = await calls.call('GET', [key])
    if (live && fences.get(key) === fence) copies.set(key, text)
  }
  const unsubscribe = stream.subscribe(hear)

  const step = () => {
    const wires = [...world.wires].filter((wire) => wire.busy)
    wires[below(wires.length)]?.step(random() < 0.5)
  }
  const cut = () => {
    const wires = [...world.wires]
    wires[below(wires.length)]?.cut()
  }
  let unique = 0
  const act = async (dice: number) => {
    const key = KEYS[below(KEYS.length)] ?? 'a'
    if (dice < 0.2) fetch(key).catch(() => {})
    else if (dice < 0.27) servers[below(2)]?.set(key, String(++unique))
    else if (dice < 0.32 && calls.status === 'ready') {
      if (omission !== 'own writes are not told') stream.changing([key])
      calls.call('SET', [key, String(++unique)]).catch(() => {})
    } else if (dice < 0.34) servers[below(2)]?.flush()
    else if (dice < 0.36) cut()
    else if (dice < 0.38) world.reached = servers[below(2)] as Server
    else if (dice < 0.41) await pass(below(600))
    else if (dice < 0.45) await drain()
    else step()
  }
  const hops = async (count: number) => {
    for (let hop = 0; hop < count; hop++) await null
  }
  const idle = () => [...world.wires].every((wire) => !wire.busy)
  const drain = async () => {
    for (let steps = 0; steps < 100 && !idle(); steps++) {
      step()
      await hops(15)
    }
  }
  const found = { wrong: [] as string[], right: 0 }
  const compare = () => {
    for (const [key, text] of copies) {
      const held = calls.server?.texts.get(key) ?? null
      if (text === held) found.right++
      else found.wrong.push(`a copy of ${key}: ${text}, and the server holds ${held}`)
    }
  }
  for (let turn = 0; turn < 300; turn++) {
    await act(random())
    await hops(below(20))
    if (live && idle()) {
      // What has come is handled.
      await hops(15)
      compare()
    }
  }
  // A connection that is made now comes to where calls go; else near copies are bypassed for ever, and rightly so.
  if (calls.server) world.reached = calls.server
  for (let rest = 0; rest < 100 && !(live && idle() && rest > 4); rest++) {
    await drain()
    await pass(250)
  }
  if (!live) found.wrong.push('it never became live again')
  compare()
  unsubscribe()
  await stream.close()
  return found
}

/** The same numbers from 0 up to 1 for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_769)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
