import { createInterface } from 'node:readline'
import { createClient } from '@jcache/core'
import type { DistributedDriver } from '@jcache/distributed'
import { complete } from '../demo/repl/complete.ts'
import { Session } from '../demo/repl/session.ts'
import type { Screen } from '../demo/screen.ts'
import { statusTable } from './status-table.ts'

/**
 * A prompt on nodes of this process, until `exit` or the end of the input: commands run on the node that was chosen last.
 * With `start`, nodes can be stopped and started anew.
 */
export async function prompt(
  screen: Screen,
  nodes: Map<string, DistributedDriver>,
  start?: () => DistributedDriver,
): Promise<void> {
  let [current = ''] = nodes.keys()
  const sessions = new Map<DistributedDriver, Session>()
  const sessionOn = (node: DistributedDriver): Session => {
    const session = sessions.get(node) ?? new Session({ screen, client: createClient([node]) })
    sessions.set(node, session)
    return session
  }
  const words: Readonly<Record<string, (name: string) => Promise<void> | void>> = {
    status: () =>
      statusTable(
        screen,
        [...nodes].map(([name, node]) => ({ name, status: node.status() })),
      ),
    node: (name) => {
      if (nodes.has(name)) current = name
      else screen.line(`There is no node ${name}: ${[...nodes.keys()].join(', ')}`)
    },
    ...(start && {
      stop: async (name) => {
        const node = nodes.get(name)
        if (!node) return screen.line(`There is no node ${name}: ${[...nodes.keys()].join(', ')}`)
        nodes.delete(name)
        await node.close()
        screen.line(`Node ${name} has left; what it led, another leads.`)
      },
      start: async (name) => {
        await nodes.get(name)?.close()
        nodes.set(name, start())
        await nodes.get(name)?.listening()
        screen.line(`Node ${name} is there, and gets everything from the one that leads.`)
      },
    }),
  }
  const own = Object.keys(words)
  screen.say(
    `help lists the commands; beside them there are: ${own.map((word) => (word === 'status' ? word : `${word} <name>`)).join(', ')}. exit or Ctrl-D ends.`,
  )
  screen.line()

  // Lines that come before they are asked for would be lost.
  await Promise.all([...nodes.values()].map((node) => node.listening()))
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY && process.stdout.isTTY,
    completer: (line: string) => {
      const [candidates, word] = complete(line)
      return [[...own.filter((each) => line !== '' && each.startsWith(line)), ...candidates], word]
    },
  })
  lines.on('SIGINT', () => {
    const node = nodes.get(current)
    if (!node || !sessionOn(node).interrupt()) lines.close()
  })
  const ask = () => {
    lines.setPrompt(nodes.size > 1 ? `node ${current}> ` : 'jcache> ')
    lines.prompt()
  }
  try {
    ask()
    for await (const line of lines) {
      if (!process.stdin.isTTY) screen.line(line)
      const [word = '', name = ''] = line.trim().split(/\s+/)
      const node = nodes.get(current)
      if (Object.hasOwn(words, word)) await words[word]?.(name)
      else if (!node || !(await sessionOn(node).run(line))) break
      screen.gap()
      ask()
    }
  } finally {
    lines.close()
    await Promise.all([...nodes.values()].map((node) => node.close()))
  }
}
