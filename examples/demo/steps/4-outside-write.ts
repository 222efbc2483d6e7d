import { setTimeout as sleep } from 'node:timers/promises'
import type { Explained } from '@jcache/core'
import { Redis } from 'ioredis'
import { count, time } from '../numbers.ts'
import type { Stage } from '../stage.ts'

/** Nobody has asked for it before, so its copy is as young as can be. */
const KEY = 'airport:OSH'
const NEW_NAME = 'Renamed by another program'
/** Then something is wrong. */
const PATIENCE = 10_000

interface Seen {
  readonly after: number
  readonly explained: Explained<string | null>
}

export async function outsideWrite({ screen, client, tally, server }: Stage): Promise<void> {
  screen.title('4. Another program writes')
  screen.say(
    'Programs that do not use this client write to Redis as well. Here a plain ioredis connection changes a key of which this process has just made a copy:',
  )
  screen.code(`await anotherProgram.hset('${KEY}', 'name', '${NEW_NAME}')`)
  const outside = new Redis(server.url)
  try {
    await outside.ping()
    await client.hget(KEY, 'name')
    tally.reset()
    await outside.hset(KEY, 'name', NEW_NAME)
    const { first, last, old } = await watch(client, performance.now())
    screen.table(
      [' after the write', 'answer', 'answered by'],
      (old ? [first, last] : [last]).map(({ after, explained }) => [
        time(after),
        String(explained.answer),
        explained.tier.name,
      ]),
    )
    screen.say(explanation(old, tally.told))
  } finally {
    outside.disconnect()
  }
}

/** Reads again and again until the new name is there: what was seen first and last, and how often the old name came. */
async function watch(
  client: Stage['client'],
  start: number,
): Promise<{ first: Seen; last: Seen; old: number }> {
  let first: Seen | undefined
  for (let old = 0; ; old++) {
    const explained = await client.explain('hget', KEY, 'name')
    const last = { after: performance.now() - start, explained }
    first ??= last
    if (explained.answer === NEW_NAME) return { first, last, old }
    if (last.after > PATIENCE) throw new Error(`${KEY} still has its old name after ${time(PATIENCE)}`)
    await sleep(5)
  }
}

function explanation(old: number, told: boolean): string {
  if (!told) return 'The copy was gone already when the write came.'
  return (
    `Redis told the client that the key had changed, so the copy was dropped: ${old ? `${count(old)} reads still got the old name.` : 'not one read got the old name.'} ` +
    'The same happens when a key expires or is evicted, and when somebody flushes the server.'
  )
}
