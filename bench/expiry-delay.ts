/**
 * What expiry costs others: `node --conditions=@jcache/source bench/expiry-delay.ts`. A million keys with a random ttl of
 * 1 to 10 seconds go without being read; meanwhile the delay of the event loop is watched. Prints its percentiles, and how
 * many keys are left at the end.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { memory } from '@jcache/memory'
import { seeded } from './suite.ts'

const COUNT = 1_000_000
const random = seeded(1)
const driver = memory({ maxEntries: COUNT + 1, maxBytes: '4gb' })
const start = Date.now()
// They end 8 to 17 seconds from now, so that all are there before the first goes.
for (let at = 0; at < COUNT; at++) {
  driver.commands.set(`key:${at}`, 'value', { at: start + 8_000 + Math.floor(random() * 9_000) })
}
await new Promise((resolve) => setTimeout(resolve, 1_000))
const delay = monitorEventLoopDelay({ resolution: 1 })
const watch = setInterval(() => {}, 1)
delay.enable()
await new Promise((resolve) => setTimeout(resolve, start + 17_500 - Date.now()))
delay.disable()
clearInterval(watch)
const ms = (percent: number): string => (delay.percentile(percent) / 1e6).toFixed(1)
console.log(
  `event-loop delay in ms (a timer of 1 ms counts itself): p50 ${ms(50)}, p99 ${ms(99)}, p99.9 ${ms(99.9)}, max ${(delay.max / 1e6).toFixed(1)}`,
)
console.log(`entries left: ${driver.stats().entries} of ${COUNT}; expirations: ${driver.stats().expirations}`)
driver.close()
