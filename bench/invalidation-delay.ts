/**
 * From a write to its invalidation elsewhere: `node --conditions=@jcache/source bench/invalidation-delay.ts`. One process
 * writes on a Redis of its own, one after the other and then 50 at a time; another puts down when each key was told. Prints
 * percentiles of the milliseconds from the call on, by a clock that both share, and where Linux tells it, how long the process that is told
 * had a processor, and how long it waited for one.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { redis } from '@jcache/redis'
import { startRedis } from '../scripts/servers/redis.ts'

const COUNT = 10_000
const clock = () => Number(process.hrtime.bigint()) / 1e6
/** Milliseconds on a processor, and ready for one without. */
const scheduled = (pid: number | undefined): readonly number[] => {
  try {
    return readFileSync(`/proc/${pid}/schedstat`, 'utf8')
      .split(' ', 2)
      .map((ns) => Number(ns) / 1e6)
  } catch {
    return []
  }
}
const [role, url = ''] = process.argv.slice(2)

if (role === 'told') {
  const times = new Map<string, number>()
  const driver = redis(url)
  driver.invalidations?.((told) => {
    if (told.kind === 'live') process.send?.('live')
    if (told.kind !== 'keys') return
    const at = clock()
    for (const key of told.keys) times.set(key, at)
  })
  process.on('message', () => process.send?.([...times]))
  process.once('disconnect', () => process.exit())
} else {
  const server = await startRedis({ fetch: true })
  const args = ['--conditions=@jcache/source', '--no-warnings']
  const other = fork(import.meta.filename, ['told', server.url], { execArgv: args })
  await once(other, 'message')
  const { commands, close } = redis(server.url, { invalidations: 'none' })
  const measure = async (says: string, together: number) => {
    const called = new Map<string, number>()
    const before = scheduled(other.pid)
    for (let at = 0; at < COUNT; at += together) {
      const calls = Array.from({ length: together }, (_, next) => `${says} ${at + next}`)
      await Promise.all(
        calls.map((key) => {
          called.set(key, clock())
          return commands.set(key, 'value')
        }),
      )
    }
    const [ran, waited] = scheduled(other.pid).map((ms, at) => Math.round(ms - (before[at] ?? 0)))
    await sleep(500)
    other.send('times?')
    const [told] = (await once(other, 'message')) as [[key: string, at: number][]]
    const times = new Map(told)
    const delays = [...called].map(([key, at]) => (times.get(key) ?? Number.NaN) - at).sort((a, b) => a - b)
    const untold = delays.filter(Number.isNaN).length
    const ms = (part: number) => delays[Math.floor((delays.length - 1) * part)]?.toFixed(2)
    console.log(
      `${says}: p50 ${ms(0.5)}, p99 ${ms(0.99)}, p99.9 ${ms(0.999)}, max ${ms(1)} ms; untold ${untold}; ran ${ran} ms, waited for a processor ${waited} ms`,
    )
  }
  await measure('one after the other', 1)
  await measure('fifty at a time', 50)
  other.disconnect()
  await close?.()
  await server.stop()
}
