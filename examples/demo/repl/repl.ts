import { createInterface } from 'node:readline'
import { load } from '../load.ts'
import { count } from '../numbers.ts'
import type { Stage } from '../stage.ts'
import { complete } from './complete.ts'
import { HISTORY_SIZE, historyFile, readHistory, writeHistory } from './history.ts'
import { Session } from './session.ts'

/** A prompt where every command can be typed, until `exit`, Ctrl-D or the end of the input. */
export async function repl(stage: Stage, input: NodeJS.ReadStream = process.stdin): Promise<void> {
  const { screen, client, data } = stage
  await load(data, client)
  screen.title('JCache: type a command')
  screen.say(
    `Commands of Redis, on two tiers: memory in this process, and a Redis of its own. ${count(data.airports.size)} airports are loaded. Try:`,
  )
  screen.code(
    'hgetall airport:ATL',
    'zrevrange departures 0 4 withScores',
    'set hello world ttl 5m',
    'get hello',
  )
  screen.say('help lists the commands, help zadd tells about one, Tab completes, exit or Ctrl-D ends.')
  screen.line()

  const session = new Session(stage)
  const file = historyFile()
  const terminal = input.isTTY && process.stdout.isTTY
  const lines = createInterface({
    input,
    output: process.stdout,
    terminal,
    prompt: 'jcache> ',
    completer: complete,
    history: readHistory(file),
    historySize: HISTORY_SIZE,
    removeHistoryDuplicates: true,
  })
  if (terminal) lines.on('history', (typed) => writeHistory(file, typed))
  lines.on('SIGINT', () => {
    if (session.interrupt()) return
    screen.line()
    if (lines.line === '') lines.close()
    else {
      lines.write(null, { ctrl: true, name: 'u' })
      lines.prompt()
    }
  })

  lines.prompt()
  for await (const line of lines) {
    // Where nobody types, the answers would stand without their questions.
    if (!terminal) screen.line(line)
    if (!(await session.run(line))) {
      lines.close()
      return
    }
    screen.gap()
    lines.prompt()
  }
  // Ctrl-D leaves the cursor behind the prompt.
  screen.line()
}
