import { MAX_STALENESS, type Stage, untilTold } from './stage.ts'
import { loading } from './steps/1-load.ts'
import { readingThrough } from './steps/2-read-through.ts'
import { leaderboard } from './steps/3-leaderboard.ts'
import { outsideWrite } from './steps/4-outside-write.ts'
import { hang } from './steps/5-hang.ts'
import { outage } from './steps/6-outage.ts'

/** The main job of JCache in six steps, each with what it measured. */
export async function narrative(stage: Stage): Promise<void> {
  const { screen } = stage
  screen.title('JCache: one cache in tiers, with the data structures of Redis on each')
  screen.say(
    `Two tiers, nearest first: memory in this process, which keeps copies, and a Redis, which holds the truth: here ${stage.server.description}. This takes about ten seconds; every number is measured as you watch.`,
  )
  screen.code(
    "import { createClient } from '@jcache/core'",
    "import { memory } from '@jcache/memory'",
    "import { redis } from '@jcache/redis'",
    '',
    'const client = createClient(',
    `  [memory(), redis('${stage.server.url}')],`,
    `  { maxStaleness: '${MAX_STALENESS}' },`,
    ')',
  )
  await untilTold(stage)
  for (const step of [loading, readingThrough, leaderboard, outsideWrite, hang, outage]) await step(stage)

  screen.title('Where to go next')
  screen.list([
    ['npm run demo -- --repl', 'a prompt for any command, on these two tiers and this data'],
    ['README.md', 'what to install, and a page of use'],
    ['examples/demo/', 'the code of what you just saw'],
  ])
}
