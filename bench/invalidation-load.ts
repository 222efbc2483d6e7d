/**
 * What it costs to be told: `node --conditions=@jcache/source bench/invalidation-load.ts`. Another process writes 200,000 keys
 * as fast as it can; this one has a client with near copies of some of them. Prints the CPU time of this process for each
 * key that was told, and how much of the event loop's time that was.
 */
import { execFile } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createClient } from '@jcache/core'
import { memory } from '@jcache/memory'
import { redis } from '@jcache/redis'
import { Redis } from 'ioredis'
import { startRedis } from '../scripts/servers/redis.ts'

const COUNT = 200_000
const TOGETHER = 50
const [role, url = ''] = process.argv.slice(2)

if (role === 'write') {
  const client = new Redis(url)
  for (let at = 0; at < COUNT; at += TOGETHER) {
    const pipeline = client.pipeline()
    for (let next = 0; next < TOGETHER; next++) pipeline.set(`key:${at + next}`, 'value')
    await pipeline.exec()
  }
  client.disconnect()
} else {
  const server = await startRedis({ fetch: true })
  const truth = redis(server.url)
  let told = 0
  truth.invalidations?.((each) => {
    if (each.kind === 'keys') told += each.keys.length
  })
  const client = createClient([memory(), truth])
  while (client.stream !== 'live') await sleep(5)
  await Promise.all(Array.from({ length: 10_000 }, (_, at) => client.get(`key:${at}`)))
  const cpu = process.cpuUsage()
  const loop = performance.eventLoopUtilization()
  const start = performance.now()
  const args = ['--conditions=@jcache/source', '--no-warnings', import.meta.filename, 'write', server.url]
  await promisify(execFile)(process.execPath, args)
  const seconds = (performance.now() - start) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  const { utilization } = performance.eventLoopUtilization(loop)
  while (told < COUNT) await sleep(5)
  console.log(
    `${told} keys told in ${seconds.toFixed(1)} s: ${((user + system) / told).toFixed(2)} µs of CPU for each, ${(100 * utilization).toFixed(0)} % of the loop`,
  )
  await client.close()
  await server.stop()
}
