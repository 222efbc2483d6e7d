import { passengers } from '../data.ts'
import { count, micros, percent, time } from '../numbers.ts'
import type { Stage } from '../stage.ts'
import { tallyTable } from '../tally-table.ts'

const READS = 20_000
/** A slow machine reads fewer, so that the demo stays short: milliseconds. */
const AT_MOST = 10_000

export async function readingThrough({ screen, data, client, tally }: Stage): Promise<void> {
  screen.title('2. Read through memory')
  screen.say(
    'A read asks memory first. What is not there is fetched from Redis, and a copy stays in memory for the next one who asks:',
  )
  const rows: string[][] = []
  for (const which of ['first read', 'second read']) {
    const start = performance.now()
    const { answer, tier } = await client.explain('hget', 'airport:SFO', 'name')
    rows.push([which, String(answer), tier.name, micros(performance.now() - start)])
  }
  screen.code("await client.hget('airport:SFO', 'name')")
  screen.table(['', 'answer', 'answered by', ' took'], rows)

  const next = passengers(data.departures)
  tally.reset()
  const start = performance.now()
  let reads = 0
  while (reads < READS && performance.now() - start < AT_MOST) {
    await client.hget(`airport:${next.next().value}`, 'name')
    reads++
  }
  const took = performance.now() - start
  screen.say(
    `Now ${count(reads)} passengers look up the airport they leave from, one after the other, as often as flights really left there in 2008:`,
  )
  const tallies = tally.of(['memory', 'redis'])
  tallyTable(screen, tallies)
  const [memory, redis] = tallies
  if (!memory || !redis) return
  screen.say(
    `Memory's hit ratio is ${percent(memory.share)}: of ${count(reads)} reads, which took ${time(took)} in all, Redis had to answer ${count(redis.answers)}, those for airports of which memory held no copy. ` +
      `In the median, a read from memory was ${count(Math.round(redis.median / memory.median))} times as fast.`,
  )
}
