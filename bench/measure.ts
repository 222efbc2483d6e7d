/**
 * Measures one subject in a process of its own: `node measure.ts <file>`. Prints the nanoseconds of CPU time that one
 * operation takes, as the median of many batches, after a warm-up.
 */
import { pathToFileURL } from 'node:url'
import type { Setup } from './suite.ts'

const BATCH = Number(process.env['BENCH_BATCH'] ?? 20_000)
const BATCHES = Number(process.env['BENCH_BATCHES'] ?? 25)

const [file = ''] = process.argv.slice(2)
const { setup } = (await import(pathToFileURL(file).href)) as { setup: Setup }
const subject = await setup()
const times: number[] = []
let at = 0
for (let batch = 0; batch < BATCHES; batch++) {
  const start = process.cpuUsage()
  for (let run = 0; run < BATCH; run++) {
    const answer = subject.run(at++)
    // What answers at once is not made to wait, which would cost more than itself.
    if (answer instanceof Promise) await answer
  }
  const { user, system } = process.cpuUsage(start)
  times.push(((user + system) * 1_000) / BATCH)
}
// The first fifth is warm-up: the compiler is still at work.
const warm = times.slice(BATCHES / 5).sort((a, b) => a - b)
console.log(JSON.stringify({ ns: warm[warm.length >> 1] }))
await subject.close?.()
process.exit(0)
