import { setTimeout as sleep } from 'node:timers/promises'
import { isUnavailable } from '@jcache/driver'
import { load } from '../load.ts'
import { count, time } from '../numbers.ts'
import { MAX_STALENESS_IN_WORDS, PATIENCE, type Stage } from '../stage.ts'
import { Outcomes } from './outcomes.ts'

/** Milliseconds: longer than copies may be stale, so that their end is seen too. */
const OUTAGE = 3_500

export async function outage(stage: Stage): Promise<void> {
  const { screen, client, server } = stage
  screen.title('6. Redis stops, and comes back')
  screen.say(
    `Redis is killed. For ${time(OUTAGE)} this process goes on: it reads an airport that memory holds, reads one that it does not hold, and tries to write.`,
  )
  // A write of one field drops the copy of the whole.
  await client.hset('airport:OXR', { visited: 'twice' })
  await client.hget('airport:ORD', 'name')
  await server.kill()
  const outcomes = await goOn(client)
  screen.table(
    ['call', 'how it ended', ' times', ' slowest'],
    outcomes.rows().map(({ what, end, times, slowest }) => [what, end, count(times), time(slowest)]),
  )
  screen.say(explanation(outcomes))
  await restart(stage)
}

async function goOn(client: Stage['client']): Promise<Outcomes> {
  const outcomes = new Outcomes()
  const end = performance.now() + OUTAGE
  while (performance.now() < end) {
    await outcomes.note('read, held by memory', async () => {
      const { tier } = await client.explain('hget', 'airport:ORD', 'name')
      return `answered by ${tier.name}`
    })
    await Promise.all([
      outcomes.note('read, not held', async () => {
        const { tier } = await client.explain('hget', 'airport:OXR', 'name')
        return `answered by ${tier.name}`
      }),
      outcomes.note('write', async () => {
        await client.hset('airport:OXR', { name: 'Oxnard' })
        return 'written'
      }),
    ])
    await sleep(25)
  }
  return outcomes
}

function explanation(outcomes: Outcomes): string {
  const near = outcomes.times('read, held by memory', 'answered by memory')
  const copies =
    near > 0
      ? `The copy went on answering, ${count(near)} times, for ${MAX_STALENESS_IN_WORDS}: so much staleness this client allows (maxStaleness), since nobody tells it any more what changes.`
      : 'Copies were not used: without news from Redis nobody can tell whether they are still true.'
  return (
    `${copies} All other calls failed with a CacheError, whose code a program can act on: an outage is never answered as "no such airport". ` +
    `The slowest call took ${time(outcomes.slowest)}: nothing waits in a queue for Redis to come back.`
  )
}

async function restart({ screen, client, server, data }: Stage): Promise<void> {
  await server.restart()
  const start = performance.now()
  while (true) {
    const took = performance.now() - start
    try {
      const { answer, tier } = await client.explain('hget', 'airport:ORD', 'name')
      screen.line()
      screen.say(
        `Redis is started again. The client found it by itself: ${time(took)} later its reads succeed, and ${tier.name} answers ${JSON.stringify(answer)}. ` +
          'That is true: this Redis keeps nothing on disk, so it came back empty.',
      )
      break
    } catch (error) {
      if (!isUnavailable(error) || took > PATIENCE) throw error
      await sleep(10)
    }
  }
  await load(data, client)
  const { answer, tier } = await client.explain('hget', 'airport:ORD', 'name')
  screen.say(`The airports are loaded once more, and ${tier.name} answers ${JSON.stringify(answer)}.`)
}
