/** One process with a client over memory and Redis, that reads all keys and writes its own. */

import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '@jcache/core'
import type { Invalidation } from '@jcache/driver'
import { memory } from '@jcache/memory'
import { redis } from '@jcache/redis'
import { connectionOf } from './connection-of.ts'
import { broken } from './defects.ts'
import { now } from './history.ts'
import type { Key } from './keys.ts'
import { play } from './player.ts'
import { waysToRead } from './reads.ts'
import { sent } from './sent.ts'
import { answers } from './talk.ts'

const [url = '', number = '0', heartbeat = '100', defect = ''] = process.argv.slice(2)
const invalidations = process.env['STALE_HUNT_KEYSPACE'] ? 'keyspace' : 'tracking'
const self = Number(number)
// Of some, the memory is too small for all keys.
const memories = memory(self % 2 ? { maxEntries: 60 } : {})
const far = redis(connectionOf(url), {
  invalidations,
  heartbeat: defect === 'no signs of life' ? '1h' : Number(heartbeat),
  commandTimeout: 300,
})
const passes = broken(defect)
let live = false
let heard = new Set<string>()
const hear = (told: Invalidation) => {
  if (told.kind === 'live' || told.kind === 'lost') live = told.kind === 'live'
  if (told.kind === 'keys') for (const key of told.keys) if (key.startsWith('mark')) heard.add(key)
}
const truth = {
  ...far,
  invalidations: (listener: (told: Invalidation) => void) =>
    far.invalidations?.((told) => {
      if (passes(told)) listener(told)
      hear(told)
    }) ?? (() => {}),
}
// Half of them keep absence too, and one goes on with its copies for a while when the stream is lost.
const absentTtl = self < 2 ? '1m' : 0
const staleness = self === 2 ? 400 : 0
const client = createClient([memories, truth], {
  deadline: 400,
  pause: 20,
  absentTtl,
  maxStaleness: staleness,
})
const versions = new Map<string, number>()

answers({
  play: (keys: readonly Key[], seed: number, ms: number) =>
    play(
      {
        process: self,
        staleness,
        write: (words) => sent(client, words),
        read: async (key, chance, { reads }) => {
          const ways = waysToRead[key.kind]
          const { by, read } = ways[Math.floor(chance() * ways.length)] ?? ways[0]
          const near = live && memories.entries.holds(key.name)
          const from = now()
          try {
            const version = await read(client, key.name)
            if (version !== undefined) reads.push({ key: key.name, version, from, to: now(), by, near })
          } catch {
            // Unavailable: nothing was read, and asking at once again would only keep the processor from others.
            await sleep(5)
          }
        },
      },
      keys,
      versions,
      seed,
      ms,
    ),
  /** Whether the stream is live and all that was changed before these marks was told. */
  hears: (marks: readonly string[]) => live && marks.every((mark) => heard.has(mark)),
  copies: (names: readonly string[]) => {
    heard = new Set()
    return names.map((name) => memories.entries.dump(name, Number.POSITIVE_INFINITY))
  },
})
