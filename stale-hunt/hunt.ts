import { setTimeout as sleep } from 'node:timers/promises'
import type { Entry } from '@jcache/driver'
import { redis } from '@jcache/redis'
import { wrongCopy } from './at-rest.ts'
import { chaos } from './chaos.ts'
import { connectionOf } from './connection-of.ts'
import type { Defect } from './defects.ts'
import { type Field, mark, startField } from './field.ts'
import type { Diary, Events } from './history.ts'
import { judge } from './judge.ts'
import { keysOf } from './keys.ts'
import { randomOf } from './random.ts'
import { type Talker, talkTo } from './talk.ts'

export interface HuntOptions {
  readonly seed: number
  readonly ms: number
  /** What is wrong with the readers. */
  readonly defect?: Defect
  /** On a cluster, whose slots move, instead of one server. */
  readonly cluster?: boolean
}

export interface Quarry {
  /** What was found to be wrong. */
  readonly wrong: string[]
  readonly reads: number
  /** How many of them a near copy could answer. */
  readonly near: number
  readonly writes: number
}

const READERS = 4
const KEYS = 200
/** Milliseconds between signs of life of the stream. */
const HEARTBEAT = 100
/**
 * How long others may read what is over, in ms: three heartbeats until a loss that nobody tells is found, and as much as it
 * may take a message to arrive on a busy machine.
 */
const BOUND = 3 * HEARTBEAT + 200
/** Milliseconds of play until all rest and every copy is compared. */
const ROUND = 1_500

/** Plays for `ms`, and answers what was wrong. */
export async function hunt({ seed, ms, defect, cluster = false }: HuntOptions): Promise<Quarry> {
  const field = await startField(cluster, READERS)
  const truth = redis(connectionOf(field.urls), { invalidations: 'none', commandTimeout: '10s' })
  const readers = Array.from({ length: READERS }, (_, at) =>
    talkTo('./reader.ts', [field.urlsOf(at), String(at), String(HEARTBEAT), defect ?? '']),
  )
  const foreign = talkTo('./foreign.ts', [field.urls, String(READERS)])
  const players = [...readers, foreign]
  const keys = keysOf(KEYS, players.length)
  const names = keys.map(({ name }) => name)
  const chance = randomOf(seed)
  const past: Diary[] = []
  const events: { [Kind in keyof Events]: Events[Kind][number][] } = { flushes: [], freezes: [] }
  const found = { wrong: [] as string[], reads: 0, near: 0, writes: 0 }
  try {
    await settle(readers, field)
    for (let left = ms; left > 0 && found.wrong.length === 0; left -= ROUND) {
      const time = Math.min(left, ROUND)
      const [befell, ...diaries] = await Promise.all([
        chaos(field, keys, chance, time),
        ...players.map((player, at) =>
          player.ask<Diary>('play', keys, seed + past.length * 1_000 + at, time),
        ),
      ])
      events.flushes.push(...befell.flushes)
      events.freezes.push(...befell.freezes)
      for (const { reads, writes } of diaries) {
        found.reads += reads.length
        found.near += reads.filter(({ near }) => near).length
        found.writes += writes.length
      }
      found.wrong.push(...judge([...past, ...diaries], events, BOUND))
      past.push(...diaries.map((diary) => ({ ...diary, reads: [] })))

      await settle(readers, field)
      for (const [at, reader] of readers.entries()) {
        const copies = await reader.ask<(Entry | null)[]>('copies', names)
        const held = await Promise.all(names.map((name) => truth.entries?.dump(name, 1e9)))
        for (const [place, copy] of copies.entries()) {
          const wrong = wrongCopy(copy, held[place] as Entry | null)
          if (wrong) found.wrong.push(`process ${at} at rest, ${JSON.stringify(names[place])}: ${wrong}`)
        }
      }
    }
  } finally {
    await Promise.all(players.map((player) => player.end()))
    await truth.close?.()
    await field.stop()
  }
  return found
}

/** Waits until every reader's stream is live and has told all that was changed until now, on every server. */
async function settle(readers: readonly Talker[], { places }: Field): Promise<void> {
  // Without tracking, a flush is found out by looking.
  if (process.env['STALE_HUNT_KEYSPACE']) await sleep(3 * HEARTBEAT)
  for (const [at, reader] of readers.entries()) {
    while (true) {
      const marks = await Promise.all(places.map((place) => mark(place, String(at))))
      await sleep(10)
      if (await reader.ask<boolean>('hears', marks)) break
    }
  }
}
