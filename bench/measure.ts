/**
 * Measures one subject in a process of its own: `node measure.ts <file>`. Prints the nanoseconds that one operation takes,
 * as the median of many batches, after a warm-up: of CPU time of this process, and on the clock.
 */
import { pathToFileURL } from 'node:url'
import type { Setup } from './suite.ts'

const BATCH = Number(process.env['BENCH_BATCH'] ?? 20_000)
const BATCHES = Number(process.env['BENCH_BATCHES'] ?? 25)

/** Milliseconds. */
const LONGEST = 30_000

const [file = ''] = process.argv.slice(2)
const { setup } = (await import(pathToFileURL(file).href)) as { setup: Setup }
const subject = await setup()
const { calls = 1 } = subject
const runs = Math.ceil(BATCH / calls)
const times: number[] = []
const walls: number[] = []
const began = performance.now()
let at = 0
// Those that take their time are measured as often as there is time for it.
for (let batch = 0; batch < BATCHES && (batch < 5 || performance.now() - began < LONGEST); batch++) {
  const start = process.cpuUsage()
  const startedAt = performance.now()
  for (let run = 0; run < runs; run++) {
    const answer = subject.run(at++)
    // What answers at once is not made to wait, which would cost more than itself.
    if (answer instanceof Promise) await answer
  }
  const { user, system } = process.cpuUsage(start)
  times.push(((user + system) * 1_000) / runs / calls)
  walls.push(((performance.now() - startedAt) * 1_000_000) / runs / calls)
}
// The first fifth is warm-up: the compiler is still at work.
const median = (of: readonly number[]) => {
  const warm = of.slice(of.length / 5).sort((a, b) => a - b)
  return warm[warm.length >> 1]
}
console.log(JSON.stringify({ ns: median(times), wall: median(walls) }))
await subject.close?.()
process.exit(0)
