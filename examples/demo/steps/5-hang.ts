import { codeOf } from '@jcache/driver'
import { time } from '../numbers.ts'
import { type Stage, untilTold } from '../stage.ts'

export async function hang(stage: Stage): Promise<void> {
  const { screen, client, server } = stage
  screen.title('5. Redis hangs')
  screen.say(
    'A server that accepts calls and never answers is worse than one that is gone. Redis is frozen for a moment, and two reads are made at once:',
  )
  // A write of one field drops the copy of the whole.
  await client.hset('airport:OXR', { visited: 'yes' })
  await client.hget('airport:JFK', 'name')
  server.pause()
  try {
    const reads = [
      ['airport:JFK', 'held by memory'],
      ['airport:OXR', 'not held by memory'],
    ] as const
    const rows = await Promise.all(
      reads.map(async ([key, which]) => {
        const start = performance.now()
        const end = await client.explain('hget', key, 'name').then(
          ({ tier }) => `answered by ${tier.name}`,
          (error: unknown) => `error ${codeOf(error) ?? String(error)}`,
        )
        return [`${key}, ${which}`, end, time(performance.now() - start)]
      }),
    )
    screen.table(['read', 'how it ended', ' took'], rows)
  } finally {
    server.resume()
  }
  await untilTold(stage)
  screen.say(
    'Every call to Redis has a deadline, 1 second unless you set another, so no caller of yours ever hangs. Redis may go on now.',
  )
}
