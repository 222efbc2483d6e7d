/**
 * What callers see while Redis is frozen: `node --conditions=@jcache/source bench/frozen.ts [calls]`. Each cache, in a
 * process of its own, is asked for keys that it does not have near, one after the other, over a server that was stopped in
 * the midst of its work (SIGSTOP). Prints how long the calls took; those without an answer after 8 seconds count as that.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { startRedis } from '../scripts/servers/redis.ts'
import { bentocache } from './tiers/bentocache.ts'
import { cacheManager } from './tiers/cache-manager.ts'
import { cacheable } from './tiers/cacheable.ts'
import { jcache } from './tiers/jcache.ts'
import { layeredLoader } from './tiers/layered-loader.ts'

/** Milliseconds after which a call is taken to hang. */
const HANGS = 8_000

const caches = {
  jcache,
  bentocache,
  cacheable,
  'cache-manager': cacheManager,
  'layered-loader': layeredLoader,
}
const [calls = '12', name] = process.argv.slice(2)

if (name === undefined) {
  console.log('| cache | first call, ms | median | p99 | answered or refused |')
  console.log('|---|---|---|---|---|')
  for (const each of Object.keys(caches)) {
    const measured = fork(import.meta.filename, [calls, each], {
      execArgv: ['--conditions=@jcache/source', '--no-warnings'],
    })
    await once(measured, 'exit')
  }
} else {
  const server = await startRedis({ fetch: true })
  const cache = await caches[name as keyof typeof caches](server.url, 100)
  for (let at = 0; at < 300; at++) await cache.set(`key:${at}`, 'value')
  server.pause()
  const times: number[] = []
  let ended = 0
  for (let at = 0; at < Number(calls); at++) {
    const start = performance.now()
    const call = cache.get(`key:${at}`).then(
      () => true,
      () => true,
    )
    if (await Promise.race([call, sleep(HANGS, false)])) ended++
    times.push(performance.now() - start)
  }
  const first = times[0] ?? Number.NaN
  times.sort((a, b) => a - b)
  const at = (part: number) => (times[Math.ceil(times.length * part) - 1] ?? Number.NaN).toFixed(1)
  console.log(`| ${name} | ${first.toFixed(1)} | ${at(0.5)} | ${at(0.99)} | ${ended} of ${times.length} |`)
  server.resume()
  await server.stop()
  process.exit()
}
