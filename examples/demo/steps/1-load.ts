import { load } from '../load.ts'
import { count, time } from '../numbers.ts'
import type { Stage } from '../stage.ts'

export async function loading({ screen, data, client }: Stage): Promise<void> {
  screen.title('1. Fill Redis')
  const start = performance.now()
  await load(data, client)
  const took = performance.now() - start
  screen.say(
    `${count(data.airports.size)} airports are written through the client, each as a hash. Writes go to Redis, the tier that holds the truth. It took ${time(took)}.`,
  )
  const airport = await client.hgetall('airport:ATL')
  screen.code("await client.hgetall('airport:ATL')")
  screen.table(['field', 'value'], Object.entries(airport))
}
