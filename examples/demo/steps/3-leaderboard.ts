import { count } from '../numbers.ts'
import type { Stage } from '../stage.ts'
import { tallyTable } from '../tally-table.ts'

const READS = 2_000

export async function leaderboard(stage: Stage): Promise<void> {
  const { screen, client, data, tally } = stage
  screen.title('3. A leaderboard')
  screen.say(
    `A sorted set keeps members in order of their scores: here ${count(data.departures.size)} airports by the flights that left them. Memory has the data structures of Redis too, so it answers ranks and ranges itself, from one copy of the whole set.`,
  )
  screen.code("await client.zrevrange('departures', 0, 4, { withScores: true })")
  const before = await top(stage)
  screen.say('Denver gets 50,000 more flights. Truth changes, and this process sees it at once:')
  screen.code("await client.zincrby('departures', 50_000, 'DEN')")
  await client.zincrby('departures', 50_000, 'DEN')
  const after = await top(stage)
  screen.table(
    ['place', 'before', ' flights', 'after', ' flights'],
    before.map(([code, flights], at) => [
      `${at + 1}.`,
      code,
      count(flights),
      after[at]?.[0] ?? '',
      count(after[at]?.[1] ?? 0),
    ]),
  )

  tally.reset()
  for (let read = 0; read < READS; read++) await client.zrevrange('departures', 0, 4, { withScores: true })
  screen.say(`The five busiest airports, read ${count(READS)} times:`)
  tallyTable(screen, tally.of(['memory', 'redis']))
}

function top({ client }: Stage): Promise<[member: string, score: number][]> {
  return client.zrevrange('departures', 0, 4, { withScores: true })
}
