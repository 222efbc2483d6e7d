import { parseArgs } from 'node:util'
import { createClient } from '@jcache/core'
import { memory } from '@jcache/memory'
import { redis } from '@jcache/redis'
import { startRedis } from '../../scripts/servers/redis.ts'
import type { RedisServer } from '../../scripts/servers/redis-server.ts'
import { type ClusterOptions, clusterDemo } from '../cluster/cluster-demo.ts'
import { readDataSet } from './data.ts'
import { narrative } from './narrative.ts'
import { repl } from './repl/repl.ts'
import { Screen } from './screen.ts'
import { MAX_STALENESS, type Stage } from './stage.ts'
import { Tally } from './tally.ts'

const USAGE = `npm run demo                  shows what JCache does, in about ten seconds
npm run demo -- --repl        opens a prompt where any command can be typed
npm run demo -- --embedded    takes the embedded Valkey, even where a redis-server is installed
npm run demo -- --cluster     shows replicated memory: three nodes, of which the leader is killed
                              (--etcd: with a real etcd; --repl: a prompt on any of them)`

async function main(args: string[]): Promise<void> {
  const options = optionsOf(args)
  if (options?.cluster) return clusterDemo(options).catch((error) => complain(messageOf(error)))
  const server = options && (await startServer(options.embedded))
  if (!server) return
  const screen = new Screen()
  const tally = new Tally()
  const client = createClient([memory(), redis(server.url)], {
    maxStaleness: MAX_STALENESS,
    onEvent: tally.onEvent,
  })
  const stage: Stage = { screen, data: readDataSet(), client, tally, server }
  try {
    await (options.repl ? repl(stage) : narrative(stage))
  } finally {
    await client.close()
    await server.stop()
  }
}

async function startServer(embedded: boolean): Promise<RedisServer | undefined> {
  try {
    return await startRedis({ embedded })
  } catch (error) {
    complain(`The demo needs a Redis of its own, and found none. ${messageOf(error)}`)
    return undefined
  }
}

interface Options extends ClusterOptions {
  readonly embedded: boolean
  readonly cluster: boolean
}

function optionsOf(args: string[]): Options | undefined {
  const flag = { type: 'boolean', default: false } as const
  try {
    const options = { repl: flag, embedded: flag, cluster: flag, etcd: flag, help: flag }
    const { values } = parseArgs({ args, options })
    if (values.etcd && !values.cluster) throw new Error('--etcd is for --cluster.')
    if (!values.help) return values
    console.log(USAGE)
  } catch (error) {
    complain(`${messageOf(error)}\n\n${USAGE}`)
  }
  return undefined
}

function complain(message: string): void {
  console.error(message)
  process.exitCode = 1
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

// Ended early, by a signal or because nobody reads on (npm run demo | head): the server and its folder go too.
process.stdout.on('error', () => process.exit())
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
await main(process.argv.slice(2))
